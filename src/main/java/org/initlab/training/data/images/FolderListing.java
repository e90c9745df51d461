package org.initlab.training.data.images;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.initlab.training.data.DatasetNotes;
import org.initlab.training.data.PositiveClass;
import org.initlab.training.data.files.FileStamp;
import org.initlab.training.spec.TrainingException;

/**
 * The images of a tree by split, in a seeded order, so that the first rows are a fair sample.
 *
 * @param classNames the classes by index
 * @param train the training rows
 * @param test the test rows
 * @param notes what was guessed or left out
 * @param folders every folder that was looked into
 * @param begun when the first was
 */
record FolderListing(
        List<String> classNames,
        List<Row> train,
        List<Row> test,
        DatasetNotes notes,
        List<FileStamp> folders,
        Instant begun) {
    private static final long SEED = 42;
    private static final double TEST_SHARE = 0.2;

    /** One image and its class; the folder is shared, as there may be a million of these. */
    record Row(Path folder, Path name, int label) {
        Path file() {
            return folder.resolve(name);
        }
    }

    /**
     * Lists a tree; of one that is not split, a seeded choice of a fifth of every class becomes the test split.
     *
     * @throws TrainingException when it cannot be trained on as it is
     */
    static FolderListing of(ImageTree tree) {
        Instant begun = Instant.now();
        FolderScan scan = new FolderScan(tree);
        FolderNotes notes = new FolderNotes(tree, scan);
        FolderLayout layout = FolderLayout.of(tree, scan, notes.warnings());
        ClassFolders train = ClassFolders.of(tree, scan, layout.train());
        List<Row> trainRows = new ArrayList<>();
        List<Row> testRows = new ArrayList<>();
        notes.look(train);
        if (layout.test() == null) {
            for (List<Row> rows : train.rows(train.names())) {
                Collections.shuffle(rows, new Random(SEED));
                int held = (int) Math.round(rows.size() * TEST_SHARE);
                testRows.addAll(rows.subList(0, held));
                trainRows.addAll(rows.subList(held, rows.size()));
            }
        } else {
            scan.level(tree.root());
            train.rows(train.names()).forEach(trainRows::addAll);
            ClassFolders test = ClassFolders.of(tree, scan, layout.test());
            test.rows(train.names()).forEach(testRows::addAll);
            notes.look(test);
            notes.compare(train, test);
        }
        checkRows(tree, train, testRows);
        Collections.shuffle(trainRows, new Random(SEED));
        Collections.shuffle(testRows, new Random(SEED));
        return new FolderListing(
                train.names(), trainRows, testRows, notes.of(layout), List.copyOf(scan.folders()), begun);
    }

    private static void checkRows(ImageTree tree, ClassFolders train, List<Row> testRows) {
        if (train.names().size() < 2) {
            throw new TrainingException(tree.name(train.folder()) + " has only one class folder, \""
                    + train.names().get(0) + "\", and training needs two; if the classes are inside it, "
                    + "give its path");
        }
        if (testRows.isEmpty()) {
            throw new TrainingException(
                    "the test split has no rows; add images: of each class a fifth is taken for it");
        }
    }

    /** The class with the fewest training rows, the first one if several are equal. */
    PositiveClass rarest() {
        int[] counts = new int[classNames.size()];
        train.forEach(row -> counts[row.label()]++);
        int rarest = 0;
        for (int label = 1; label < counts.length; label++) {
            rarest = counts[label] < counts[rarest] ? label : rarest;
        }
        return new PositiveClass(rarest, classNames.get(rarest));
    }

    /** Rows of one class, each folder kept once. */
    static List<Row> rows(List<Path> images, int label) {
        Map<Path, Path> folders = new HashMap<>();
        List<Row> rows = new ArrayList<>(images.size());
        for (Path image : images) {
            rows.add(new Row(folders.computeIfAbsent(image.getParent(), parent -> parent), image.getFileName(), label));
        }
        return rows;
    }
}
