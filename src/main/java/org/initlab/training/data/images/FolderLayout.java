package org.initlab.training.data.images;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.initlab.training.data.SplitFolders;
import org.initlab.training.data.files.FileNames;
import org.initlab.training.spec.TrainingException;
import org.jspecify.annotations.Nullable;

/**
 * Which folders of a tree are what: a training and a test folder, or class folders only.
 *
 * @param train what holds the training classes, or all classes where there is no test folder
 * @param test what holds the test classes; {@code null} where the tree is not split
 */
record FolderLayout(Path train, @Nullable Path test) {

    /**
     * Decides by the folders' names.
     *
     * @param warnings gets what the user should know
     * @throws TrainingException when the names can mean more than one layout
     */
    static FolderLayout of(ImageTree tree, FolderScan scan, List<String> warnings) {
        Path root = tree.root();
        List<Path> folders = scan.folders(root);
        Path train = only(tree, folders, SplitRole.TRAIN);
        Path test = only(tree, folders, SplitRole.TEST);
        Path evaluated = test != null || train == null ? test : only(tree, folders, SplitRole.VALIDATION);
        if (train != null && evaluated != null) {
            if (test == null) {
                warnings.add("There is no test folder: \"" + FileNames.of(evaluated) + "\" is used as the test split.");
            }
            List<Path> rest = new ArrayList<>(folders);
            rest.removeAll(List.of(train, evaluated));
            if (!rest.isEmpty()) {
                warnings.add("Left out, beside the training and the test folder: " + quoted(rest) + ".");
            }
            return new FolderLayout(train, evaluated);
        }
        folders.forEach(folder -> checkIsClass(tree, scan, folder, folders.size(), warnings));
        return new FolderLayout(root, null);
    }

    /** Without its counterpart, a folder with a split's name is a class only where nothing else speaks for a split. */
    private static void checkIsClass(ImageTree tree, FolderScan scan, Path folder, int folders, List<String> warnings) {
        SplitRole.of(FileNames.of(folder)).ifPresent(role -> {
            if (role == SplitRole.TEST || folders == 1 || !scan.folders(folder).isEmpty()) {
                throw new TrainingException(tree.name(tree.root())
                        + " has only one of train and test (\"" + FileNames.of(folder)
                        + "\"); add the other, or put the "
                        + "class folders there without either");
            }
            warnings.add("The folder \"" + FileNames.of(folder)
                    + "\" has the name of a split, but is read as a class: it holds images, and has no counterpart.");
        });
    }

    private static @Nullable Path only(ImageTree tree, List<Path> folders, SplitRole role) {
        List<Path> named = folders.stream()
                .filter(folder ->
                        SplitRole.of(FileNames.of(folder)).filter(role::equals).isPresent())
                .toList();
        if (named.size() > 1) {
            throw new TrainingException(tree.name(tree.root()) + " has " + quoted(named)
                    + ", which mean the same split; keep one of them, or rename the others");
        }
        return named.isEmpty() ? null : named.get(0);
    }

    private static String quoted(List<Path> folders) {
        return folders.stream()
                .map(folder -> "\"" + FileNames.of(folder) + "\"")
                .collect(Collectors.joining(", "));
    }

    @Nullable
    SplitFolders splits() {
        return test == null ? null : new SplitFolders(FileNames.of(train), FileNames.of(test));
    }
}
