package org.initlab.training.data.images;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;

/** Files and folders that systems and archives leave beside a user's own. */
final class SystemFiles {
    private static final Set<String> WRITTEN_BY_WINDOWS = Set.of("thumbs.db", "ehthumbs.db", "desktop.ini");

    private SystemFiles() {}

    /** Whether a leading dot hides it ({@code .DS_Store}, {@code ._x.jpg}), or an archive from a Mac brought it. */
    static boolean isHidden(Path file) {
        String name = file.getFileName().toString();
        return name.startsWith(".") || name.equals("__MACOSX");
    }

    static boolean isOne(Path file) {
        return WRITTEN_BY_WINDOWS.contains(file.getFileName().toString().toLowerCase(Locale.ROOT));
    }
}
