package org.initlab.training.data.images;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.initlab.training.data.PositiveClass;
import org.initlab.training.spec.DatasetSpec;
import org.initlab.training.spec.TrainingException;

/**
 * The images of a tree by split, in a seeded order, so that the first rows are a fair sample.
 *
 * @param classNames the classes by index
 * @param train the training rows
 * @param test the test rows
 */
record FolderListing(List<String> classNames, List<Row> train, List<Row> test) {
    private static final long SEED = 42;
    private static final double TEST_SHARE = 0.2;

    /** One image and its class. */
    record Row(Path file, int label) {}

    /** Lists a tree; if it is not split, a seeded choice of a fifth of every class becomes the test split. */
    static FolderListing of(ImageTree tree) {
        List<Row> train = new ArrayList<>();
        List<Row> test = new ArrayList<>();
        List<String> names = tree.classNames(tree.isSplit() ? "train" : "");
        if (tree.isSplit()) {
            names.forEach(name -> train.addAll(rows(tree, "train", name, names)));
            tree.classNames("test").forEach(name -> test.addAll(rows(tree, "test", name, names)));
        } else {
            for (String name : names) {
                List<Row> rows = rows(tree, "", name, names);
                Collections.shuffle(rows, new Random(SEED));
                int testRows = (int) Math.round(rows.size() * TEST_SHARE);
                test.addAll(rows.subList(0, testRows));
                train.addAll(rows.subList(testRows, rows.size()));
            }
        }
        Collections.shuffle(train, new Random(SEED));
        Collections.shuffle(test, new Random(SEED));
        return new FolderListing(names, train, test);
    }

    private static List<Row> rows(ImageTree tree, String part, String name, List<String> names) {
        int label = names.indexOf(name);
        if (label < 0) {
            throw new TrainingException(
                    "test has the class \"" + name + "\", which train lacks; remove it or add training images of it");
        }
        List<Row> rows = new ArrayList<>();
        tree.images(part, name).forEach(file -> rows.add(new Row(file, label)));
        return rows;
    }

    /** The first rows of each split, up to the spec's limits. */
    FolderListing limited(DatasetSpec spec) {
        return new FolderListing(classNames, first(train, spec.trainLimit()), first(test, spec.testLimit()));
    }

    private static List<Row> first(List<Row> rows, Integer limit) {
        return limit == null || limit > rows.size() ? rows : rows.subList(0, limit);
    }

    /** The class with the fewest training rows, the first one if several are equal. */
    PositiveClass rarest() {
        int label = IntStream.range(0, classNames.size())
                .boxed()
                .min(Comparator.comparing(index ->
                        train.stream().filter(row -> row.label() == index).count()))
                .orElseThrow();
        return new PositiveClass(label, classNames.get(label));
    }
}
