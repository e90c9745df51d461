package org.initlab.training.data.tables;

import java.util.List;
import org.initlab.training.data.ColumnKind;
import org.initlab.training.data.TableColumn;

/** Turns a column's values into features, by the training rows. */
sealed interface Encoder {
    /** How many features the column becomes. */
    int width();

    /** Returns what is kept of a row of the table: the feature of a number; of a text the index of the one that is 1, -1 for none. */
    float encode(int row, float cell);

    TableColumn column();

    /**
     * A number less the training rows' mean, in deviations; 0 if missing, or if the column is constant.
     *
     * @param column its {@code std} is 0 if the values differ only by rounding
     */
    record Standardised(RawColumn.Numbers values, TableColumn column, double mean, double std, double bound)
            implements Encoder {
        static Standardised of(RawColumn.Numbers values, Moments moments, int missing, double bound) {
            boolean some = moments.count() > 0;
            TableColumn column = new TableColumn(
                    values.name(),
                    ColumnKind.NUMBER,
                    some ? moments.mean() : null,
                    some ? moments.deviation() : null,
                    null,
                    missing);
            return new Standardised(values, column, moments.mean(), moments.deviation(), bound);
        }

        @Override
        public int width() {
            return 1;
        }

        @Override
        public float encode(int row, float cell) {
            double value = values.at(row, cell);
            return std == 0 || Double.isNaN(value)
                    ? 0
                    : (float) Math.max(-bound, Math.min(bound, (value - mean) / std));
        }
    }

    /**
     * A feature for each text that training rows have, in order of code points, the missing one last: 1 where the row has it, else 0.
     *
     * @param positions for each index of the column's values, and for a missing one at the end, which feature it is; -1 for none
     */
    record OneHot(TableColumn column, int[] positions) implements Encoder {
        static OneHot of(RawColumn.Texts values, List<String> kept, int missing) {
            int[] positions = new int[values.values().size() + 1];
            for (int code = 0; code < positions.length - 1; code++) {
                positions[code] = kept.indexOf(values.values().get(code));
            }
            positions[positions.length - 1] = kept.indexOf(null);
            return new OneHot(new TableColumn(values.name(), values.kind(), null, null, kept, missing), positions);
        }

        @Override
        public int width() {
            return column.values().size();
        }

        @Override
        public float encode(int row, float cell) {
            return positions[cell == RawColumn.MISSING ? positions.length - 1 : (int) cell];
        }
    }
}
