package org.initlab.training.data.tables;

import java.util.List;
import org.initlab.training.data.ColumnKind;
import org.jspecify.annotations.Nullable;

/** A column as it was read; nothing changes it once it is built. */
sealed interface RawColumn {
    String name();

    /** Whether a row has no value. */
    boolean isMissing(int row);

    /**
     * Numbers.
     *
     * @param cells a row's number less {@code base}, NaN if missing; or if there are {@code values}, their index, or -1
     * @param values the different numbers, if they are few
     */
    record Numbers(String name, FloatList cells, double @Nullable [] values, double base) implements RawColumn {
        /** Returns a row's number, NaN if missing. */
        double at(int row) {
            float cell = cells.get(row);
            if (values == null) {
                return base + cell;
            }
            return cell < 0 ? Double.NaN : values[(int) cell];
        }

        @Override
        public boolean isMissing(int row) {
            float cell = cells.get(row);
            return values == null ? Float.isNaN(cell) : cell < 0;
        }
    }

    /**
     * Texts, or booleans as {@code True} and {@code False}.
     *
     * @param cells the index of a row's value, -1 if missing
     * @param values the different values, which repeat if they were spelled differently
     */
    record Texts(String name, ColumnKind kind, FloatList cells, List<String> values) implements RawColumn {
        /** Returns a row's value, {@code null} if missing. */
        @Nullable
        String at(int row) {
            int code = code(row);
            return code < 0 ? null : values.get(code);
        }

        /** Returns the index of a row's value, -1 if missing. */
        int code(int row) {
            return (int) cells.get(row);
        }

        @Override
        public boolean isMissing(int row) {
            return code(row) < 0;
        }
    }
}
