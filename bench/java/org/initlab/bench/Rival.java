package org.initlab.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A way to train in PyTorch.
 *
 * @param title as the table names it
 * @param way as {@code rival.py} does
 * @param allocator preloaded in place of glibc's
 */
record Rival(String title, String way, Optional<Path> allocator) {
    static final Rival TUNED = new Rival("PyTorch, tuned by hand", "tuned", Optional.empty());
    static final Rival REFERENCE = new Rival("the reference script", "reference", Optional.empty());

    private static final Rival COMPILED = new Rival("PyTorch, torch.compile", "compiled", Optional.empty());

    /** Where Debian's {@code libtcmalloc-minimal4} puts it. */
    private static final Path TCMALLOC = Path.of("/usr/lib/x86_64-linux-gnu/libtcmalloc_minimal.so.4");

    /** All ways that this machine has, by which PyTorch's best is found. */
    static List<Rival> all() {
        List<Rival> all = new ArrayList<>(List.of(TUNED, COMPILED));
        if (Files.exists(TCMALLOC)) {
            all.add(TUNED.withTcmalloc());
            all.add(COMPILED.withTcmalloc());
        } else {
            System.out.println("Without tcmalloc: " + TCMALLOC + " is missing (Debian's libtcmalloc-minimal4)");
        }
        all.add(REFERENCE);
        return all;
    }

    private Rival withTcmalloc() {
        return new Rival(title + ", tcmalloc", way, Optional.of(TCMALLOC));
    }

    Contestant start(Path python, String what, String network, int size, int batch) throws IOException {
        return Contestant.rival(python, allocator, what, way, network, size, batch);
    }
}
