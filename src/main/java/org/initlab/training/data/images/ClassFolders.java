package org.initlab.training.data.images;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.initlab.training.data.files.FileNames;
import org.initlab.training.spec.TrainingException;

/**
 * The class folders of one split.
 *
 * @param tree where they are
 * @param folder what holds them
 * @param strays images that lie beside them
 * @param files each class's images, by the class's name
 */
record ClassFolders(ImageTree tree, Path folder, int strays, Map<String, FolderScan.ClassFiles> files) {

    /**
     * Lists them.
     *
     * @throws TrainingException when there are none, one holds no image, or two names differ only in Unicode's form
     */
    static ClassFolders of(ImageTree tree, FolderScan scan, Path folder) {
        FolderScan.Level level = scan.level(folder);
        if (level.folders().isEmpty()) {
            throw new TrainingException(tree.name(folder) + " holds no folders; put one there for each class");
        }
        Map<String, Path> named = new TreeMap<>();
        for (Path inside : level.folders()) {
            tree.checkInside(inside);
            if (named.put(FileNames.of(inside), inside) != null) {
                throw new TrainingException(tree.name(folder) + " has two folders called \"" + FileNames.of(inside)
                        + "\", written in different Unicode forms or encodings; put their images into one");
            }
        }
        Map<String, FolderScan.ClassFiles> files = new TreeMap<>();
        named.forEach((name, inside) -> files.put(name, scan.images(inside)));
        return new ClassFolders(tree, folder, level.images(), files);
    }

    /** The classes in their order. */
    List<String> names() {
        return List.copyOf(files.keySet());
    }

    /**
     * The rows of every class.
     *
     * @param labels the training split's classes, by their index
     * @throws TrainingException when a class is not among them
     */
    List<List<FolderListing.Row>> rows(List<String> labels) {
        List<List<FolderListing.Row>> rows = new ArrayList<>();
        files.forEach((name, found) -> {
            int label = labels.indexOf(name);
            if (label < 0) {
                throw new TrainingException(FileNames.of(folder) + " has the class \"" + name
                        + "\", which the training folder lacks; remove it or add training images of it");
            }
            rows.add(FolderListing.rows(found.images(), label));
        });
        return rows;
    }

    /** The names of the folders that every class has inside; empty where there is one class only. */
    Set<String> shared() {
        Set<String> shared = null;
        for (FolderScan.ClassFiles found : files.values()) {
            if (shared == null) {
                shared = found.folders();
            } else {
                shared.retainAll(found.folders());
            }
        }
        return shared == null || files.size() < 2 ? Set.of() : shared;
    }
}
