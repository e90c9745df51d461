package org.initlab.training.data.tables;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.initlab.training.data.ColumnKind;
import org.initlab.training.data.TableColumn;
import org.jspecify.annotations.Nullable;

/** Turns a column's values into features, by the training rows. */
sealed interface Encoder {
    /** How many features the column becomes. */
    int width();

    /** Writes the features of a row of the table. */
    void write(int row, float[] features, int at);

    TableColumn column();

    /**
     * Fits an encoder, as scikit-learn's {@code StandardScaler} and {@code OneHotEncoder(handle_unknown="ignore")}.
     *
     * @param train the rows to learn from
     * @param clip bound on standardised values; {@code null} for none
     */
    static Encoder fit(RawColumn column, int[] train, @Nullable Double clip) {
        return column instanceof RawColumn.Numbers numbers
                ? Standardised.fit(numbers, train, clip)
                : OneHot.fit((RawColumn.Texts) column, train);
    }

    /**
     * A number less the training rows' mean, in deviations; 0 if missing, or if the column is constant.
     *
     * @param column its {@code std} is 0 if the values differ only by rounding
     */
    record Standardised(RawColumn.Numbers values, TableColumn column, double mean, double std, double bound)
            implements Encoder {
        static Standardised fit(RawColumn.Numbers values, int[] train, @Nullable Double clip) {
            Moments moments = Moments.of(values, train);
            int missing = train.length - moments.count();
            boolean some = moments.count() > 0;
            TableColumn column = new TableColumn(
                    values.name(),
                    ColumnKind.NUMBER,
                    some ? moments.mean() : null,
                    some ? moments.deviation() : null,
                    null,
                    missing);
            double bound = clip == null ? Double.POSITIVE_INFINITY : clip;
            return new Standardised(values, column, moments.mean(), moments.deviation(), bound);
        }

        @Override
        public int width() {
            return 1;
        }

        @Override
        public void write(int row, float[] features, int at) {
            double value = values.at(row);
            features[at] = std == 0 || Double.isNaN(value)
                    ? 0
                    : (float) Math.max(-bound, Math.min(bound, (value - mean) / std));
        }
    }

    /**
     * A feature for each text that training rows have, in order of code points, the missing one last: 1 where the row has it, else 0.
     *
     * @param positions for each index of the column's values, and for a missing one at the end, which feature it is; -1 for none
     */
    record OneHot(RawColumn.Texts values, TableColumn column, int[] positions) implements Encoder {
        static OneHot fit(RawColumn.Texts values, int[] train) {
            boolean[] seen = new boolean[values.values().size()];
            int missing = 0;
            for (int row : train) {
                int code = values.code(row);
                if (code < 0) {
                    missing++;
                } else {
                    seen[code] = true;
                }
            }
            List<@Nullable String> kept = new ArrayList<>(IntStream.range(0, seen.length)
                    .filter(code -> seen[code])
                    .mapToObj(values.values()::get)
                    .distinct()
                    .sorted(CodePoints.ORDER)
                    .toList());
            if (missing > 0) {
                kept.add(null);
            }
            int[] positions = new int[seen.length + 1];
            for (int code = 0; code < seen.length; code++) {
                positions[code] = kept.indexOf(values.values().get(code));
            }
            positions[seen.length] = kept.indexOf(null);
            TableColumn column = new TableColumn(
                    values.name(), values.kind(), null, null, Collections.unmodifiableList(kept), missing);
            return new OneHot(values, column, positions);
        }

        @Override
        public int width() {
            return column.values().size();
        }

        @Override
        public void write(int row, float[] features, int at) {
            int code = values.code(row);
            int position = positions[code < 0 ? positions.length - 1 : code];
            if (position >= 0) {
                features[at + position] = 1;
            }
        }
    }
}
