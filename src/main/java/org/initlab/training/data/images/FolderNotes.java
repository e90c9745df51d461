package org.initlab.training.data.images;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.initlab.training.data.DatasetNotes;

/** Collects what the user should know about a tree. */
final class FolderNotes {
    private static final int NAMED = 5;

    private final ImageTree tree;
    private final FolderScan scan;
    private final List<String> warnings = new ArrayList<>();

    FolderNotes(ImageTree tree, FolderScan scan) {
        this.tree = tree;
        this.scan = scan;
    }

    List<String> warnings() {
        return warnings;
    }

    /** What looks odd in one split's class folders. */
    void look(ClassFolders classes) {
        String name = tree.name(classes.folder());
        if (classes.strays() > 0) {
            warnings.add(name + " has images beside the class folders, which are left out: " + classes.strays() + ".");
        }
        Set<String> shared = classes.shared();
        if (!shared.isEmpty()) {
            warnings.add("The class folders of " + name + " all have the folders " + some(shared)
                    + ": if " + some(classes.names()) + " are folds or splits and not classes, arrange them as "
                    + "train/CLASS and test/CLASS.");
        }
    }

    /** What the test split lacks. */
    void compare(ClassFolders train, ClassFolders test) {
        List<String> missing = new ArrayList<>(train.names());
        missing.removeAll(test.names());
        if (!missing.isEmpty()) {
            warnings.add(tree.name(test.folder()) + " has no images of " + some(missing) + ".");
        }
    }

    DatasetNotes of(FolderLayout layout) {
        Map<String, Integer> others = scan.others();
        if (!others.isEmpty()) {
            String kinds = others.entrySet().stream()
                    .limit(NAMED)
                    .map(kind ->
                            kind.getValue() + " " + (kind.getKey().isEmpty() ? "without one" : "." + kind.getKey()))
                    .collect(Collectors.joining(", "));
            warnings.add("Left out, as their extensions are not those of images that are read: " + kinds
                    + (others.size() > NAMED ? " and others." : "."));
        }
        return new DatasetNotes(layout.splits(), scan.ignored(), List.copyOf(warnings), null);
    }

    private static String some(Iterable<String> names) {
        List<String> quoted = new ArrayList<>();
        names.forEach(name -> quoted.add("\"" + name + "\""));
        return quoted.size() <= NAMED
                ? String.join(", ", quoted)
                : String.join(", ", quoted.subList(0, NAMED)) + " and " + (quoted.size() - NAMED) + " more";
    }
}
