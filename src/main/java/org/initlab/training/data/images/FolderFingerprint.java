package org.initlab.training.data.images;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.initlab.training.data.Fingerprint;
import org.initlab.training.data.Labels;
import org.initlab.training.data.PositiveClass;
import org.initlab.training.data.files.FileNames;

/**
 * Identifies the images of a tree on any host: SHA-256 over the positive class and, split by split, the number of rows and each
 * one's name, label and its file's SHA-256, in the order of the names.
 */
final class FolderFingerprint {
    private static final String KIND = "sha256:v2:";

    private final ImageTree tree;
    private final MessageDigest digest;
    private final Map<Path, String> folders = new HashMap<>();

    private record Named(String name, int label, int row) {}

    FolderFingerprint(ImageTree tree, PositiveClass positiveClass) {
        this.tree = tree;
        digest = Fingerprint.begin(positiveClass);
    }

    /** Adds the rows of a split that are in use; all are decoded. */
    FolderFingerprint add(FolderSplit split, Labels labels) {
        List<Named> rows = new ArrayList<>(labels.count());
        for (int position = 0; position < labels.count(); position++) {
            FolderListing.Row row = split.rows().get(labels.row(position));
            rows.add(new Named(folder(row.folder()) + FileNames.of(row.name()), row.label(), labels.row(position)));
        }
        rows.sort(Comparator.comparing(Named::name));
        digest.update(Fingerprint.bytes(rows.size()));
        for (Named row : rows) {
            byte[] name = row.name().getBytes(StandardCharsets.UTF_8);
            digest.update(Fingerprint.bytes(name.length));
            digest.update(name);
            digest.update(Fingerprint.bytes(row.label()));
            digest.update(split.pixels().tag(row.row()));
        }
        return this;
    }

    String value() {
        return Fingerprint.of(KIND, digest);
    }

    /** A folder's path below the tree's root, with slashes. */
    private String folder(Path folder) {
        String known = folders.get(folder);
        if (known == null) {
            known = folder.equals(tree.root()) ? "" : folder(folder.getParent()) + FileNames.of(folder) + "/";
            folders.put(folder, known);
        }
        return known;
    }
}
