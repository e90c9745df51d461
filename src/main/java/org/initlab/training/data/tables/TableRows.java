package org.initlab.training.data.tables;

import java.util.Arrays;
import java.util.Random;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.initlab.training.data.PositiveClass;
import org.initlab.training.data.RowSelection;
import org.initlab.training.spec.DatasetSpec;

/**
 * Which rows of a table are trained on and which are evaluated on, each in the order of its split.
 *
 * @param train rows of the table
 * @param test rows of the table
 */
record TableRows(int[] train, int[] test) {

    /**
     * Splits a table, then applies the limits and the positive rate.
     *
     * <p>Without a second file, the rows are shuffled by the seed; of the positive rows and of the others, the first
     * {@code testShare}, rounded, become the test split. With groups it is groups that are shuffled and counted, those
     * with a positive row as positive.
     *
     * @param spec with its defaults filled in
     */
    static TableRows of(RawTable table, DatasetSpec spec, PositiveClass positive) {
        TableRows all = spec.testPath() == null
                ? split(table, spec, positive)
                : new TableRows(
                        IntStream.range(0, table.firstRows()).toArray(),
                        IntStream.range(table.firstRows(), table.rows()).toArray());
        return new TableRows(
                select(all.train, new RowSelection("train", spec.trainLimit(), spec.positiveRate()), table, positive),
                select(all.test, new RowSelection("test", spec.testLimit(), spec.positiveRate()), table, positive));
    }

    private static TableRows split(RawTable table, DatasetSpec spec, PositiveClass positive) {
        int[] groups = table.groups();
        int count = groups == null ? table.rows() : Arrays.stream(groups).max().orElse(-1) + 1;
        boolean[] positives = new boolean[count];
        for (int row = 0; row < table.rows(); row++) {
            positives[groups == null ? row : groups[row]] |= table.classes()[row] == positive.index();
        }
        int[] order = shuffled(count, spec.splitSeed());
        boolean[] held = held(order, positives, spec.testShare());
        int[] rows = groups == null ? order : inOrder(groups, order);
        return new TableRows(
                where(rows, row -> !held[groups == null ? row : groups[row]]),
                where(rows, row -> held[groups == null ? row : groups[row]]));
    }

    /** As a stream's filter, without its copies. */
    private static int[] where(int[] rows, IntPredicate wanted) {
        int[] found = new int[(int) Arrays.stream(rows).filter(wanted).count()];
        int count = 0;
        for (int row : rows) {
            if (wanted.test(row)) {
                found[count] = row;
                count++;
            }
        }
        return found;
    }

    /** Fisher and Yates's shuffle. */
    private static int[] shuffled(int count, long seed) {
        int[] order = IntStream.range(0, count).toArray();
        Random random = new Random(seed);
        for (int i = count - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            int moved = order[i];
            order[i] = order[other];
            order[other] = moved;
        }
        return order;
    }

    private static boolean[] held(int[] order, boolean[] positives, double share) {
        int positiveCount = 0;
        for (boolean positive : positives) {
            positiveCount += positive ? 1 : 0;
        }
        long positivesLeft = Math.round(positiveCount * share);
        long othersLeft = Math.round((order.length - positiveCount) * share);
        boolean[] held = new boolean[order.length];
        for (int group : order) {
            held[group] = positives[group] ? positivesLeft-- > 0 : othersLeft-- > 0;
        }
        return held;
    }

    /** The rows, group by group; within a group as in the table. */
    private static int[] inOrder(int[] groups, int[] order) {
        int[] sizes = new int[order.length];
        for (int group : groups) {
            sizes[group]++;
        }
        int[] next = new int[order.length];
        int first = 0;
        for (int group : order) {
            next[group] = first;
            first += sizes[group];
        }
        int[] rows = new int[groups.length];
        for (int row = 0; row < groups.length; row++) {
            rows[next[groups[row]]++] = row;
        }
        return rows;
    }

    private static int[] select(int[] rows, RowSelection selection, RawTable table, PositiveClass positive) {
        if (selection.isAll()) {
            return rows;
        }
        int[] selected = selection.select(classes(rows, table), positive);
        Arrays.setAll(selected, i -> rows[selected[i]]);
        return selected;
    }

    int[] trainClasses(RawTable table) {
        return classes(train, table);
    }

    int[] testClasses(RawTable table) {
        return classes(test, table);
    }

    static int[] classes(int[] rows, RawTable table) {
        int[] classes = new int[rows.length];
        Arrays.setAll(classes, i -> table.classes()[rows[i]]);
        return classes;
    }
}
