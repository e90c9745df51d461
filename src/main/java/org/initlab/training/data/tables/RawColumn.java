package org.initlab.training.data.tables;

import java.util.List;
import org.initlab.training.data.ColumnKind;

/** What the cells of a column mean. */
sealed interface RawColumn {
    /** The cell of a row without a value, where cells are indexes. */
    float MISSING = -1;

    String name();

    /**
     * Numbers.
     *
     * @param values the different numbers, if they are few; else those that the first rows have
     * @param indexed how many rows have the index of their number as cell; that of the others is the number less
     *     {@code base}, NaN if missing
     */
    record Numbers(String name, double[] values, int indexed, double base) implements RawColumn {
        private static final int ALL = Integer.MAX_VALUE;

        static Numbers few(String name, double[] values) {
            return new Numbers(name, values, ALL, 0);
        }

        /** Those of the first rows are rounded as those of the others are. */
        static Numbers many(String name, double[] first, int indexed, double base) {
            double[] rounded = first.clone();
            for (int i = 0; i < rounded.length; i++) {
                rounded[i] = base + (float) (rounded[i] - base);
            }
            return new Numbers(name, rounded, indexed, base);
        }

        boolean isFew() {
            return indexed == ALL;
        }

        /** Returns a row's number, NaN if missing. */
        double at(int row, float cell) {
            if (row >= indexed) {
                return base + cell;
            }
            return cell == MISSING ? Double.NaN : values[(int) cell];
        }
    }

    /**
     * Texts, or booleans as {@code True} and {@code False}; a cell is the index of the row's value.
     *
     * @param values the different values, which repeat if they were spelled differently
     */
    record Texts(String name, ColumnKind kind, List<String> values) implements RawColumn {}
}
