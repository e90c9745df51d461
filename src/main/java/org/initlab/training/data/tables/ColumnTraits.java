package org.initlab.training.data.tables;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a pass over the rows tells of a column's order, and of how its values go with the classes. */
final class ColumnTraits {
    /** Values that hardly repeat tell rows apart, not classes. */
    private static final int LEAST_ROWS_A_VALUE = 10;

    private final RawColumn column;
    private final Extent positives = new Extent();
    private final Extent others = new Extent();
    /** For each index of the column's values that of the first equal one; a missing one is at the end. */
    private final int[] equal;
    /** Those of the rows that have a value, by its index; {@code null} if none has. */
    private final Boolean[] classes;

    private double last = Double.NEGATIVE_INFINITY;
    private boolean rises = true;
    private boolean pure;

    /** The numbers of one class. */
    private static final class Extent {
        private double least = Double.POSITIVE_INFINITY;
        private double most = Double.NEGATIVE_INFINITY;
        private boolean gaps;

        void add(double value) {
            if (Double.isNaN(value)) {
                gaps = true;
            } else {
                least = Math.min(least, value);
                most = Math.max(most, value);
            }
        }
    }

    ColumnTraits(RawColumn column, int trainRows) {
        this.column = column;
        List<?> values = column instanceof RawColumn.Texts texts ? texts.values() : numbers((RawColumn.Numbers) column);
        equal = new int[values.size() + 1];
        Map<Object, Integer> first = new HashMap<>();
        for (int i = 0; i < values.size(); i++) {
            first.putIfAbsent(values.get(i), i);
            equal[i] = first.get(values.get(i));
        }
        equal[values.size()] = values.size();
        classes = new Boolean[equal.length];
        pure = !values.isEmpty() && values.size() * LEAST_ROWS_A_VALUE <= trainRows;
    }

    /** The different ones; none if they are many. */
    private static List<Double> numbers(RawColumn.Numbers column) {
        return column.isFew() ? Arrays.stream(column.values()).boxed().toList() : List.of();
    }

    /** Takes each row of the first file, in their order. */
    void addInOrder(int row, float cell) {
        if (rises) {
            double value = column instanceof RawColumn.Numbers numbers ? numbers.at(row, cell) : Double.NaN;
            // comparisons with a missing value are false
            rises = value == Math.rint(value) && value > last;
            last = value;
        }
    }

    /** Takes each training row, in any order. */
    void addTrained(int row, float cell, boolean positive) {
        if (column instanceof RawColumn.Numbers numbers) {
            (positive ? positives : others).add(numbers.at(row, cell));
        }
        if (pure) {
            int value = equal[cell == RawColumn.MISSING ? equal.length - 1 : (int) cell];
            pure = classes[value] == null || classes[value] == positive;
            classes[value] = positive;
        }
    }

    /** Whether all of the first file's rows have whole numbers, each larger than the one before. */
    boolean rises() {
        return rises;
    }

    /** Whether the column alone tells the positive training rows from the others: by a threshold, or by its few values. */
    boolean tellsClasses() {
        return pure || (column instanceof RawColumn.Numbers && isSeparated());
    }

    private boolean isSeparated() {
        return !(positives.gaps && others.gaps) && (positives.least > others.most || positives.most < others.least);
    }
}
