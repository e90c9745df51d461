package org.initlab.training.data.tables;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Learns a column's encoder from cells that are given twice, in the same order: as scikit-learn's {@code StandardScaler} and
 * {@code OneHotEncoder(handle_unknown="ignore")} do.
 */
sealed interface EncoderFit {
    void add(int row, float cell);

    /** Begins the second time. */
    void beginAgain();

    void addAgain(int row, float cell);

    Encoder encoder();

    /**
     * Learns all encoders of a table.
     *
     * @param train the rows to learn from
     * @param clip bound on standardised values; {@code null} for none
     */
    static List<Encoder> of(RawTable table, int[] train, @Nullable Double clip, Runnable onProgress) {
        double bound = clip == null ? Double.POSITIVE_INFINITY : clip;
        EncoderFit[] fits = table.features().stream()
                .map(column -> column instanceof RawColumn.Numbers numbers
                        ? new Standardising(numbers, new Moments(numbers.base()), train.length, bound)
                        : new Listing((RawColumn.Texts) column))
                .toArray(EncoderFit[]::new);
        table.each(train, onProgress, (row, cells) -> {
            for (int i = 0; i < fits.length; i++) {
                fits[i].add(row, cells[i]);
            }
        });
        for (EncoderFit fit : fits) {
            fit.beginAgain();
        }
        table.each(train, onProgress, (row, cells) -> {
            for (int i = 0; i < fits.length; i++) {
                fits[i].addAgain(row, cells[i]);
            }
        });
        List<Encoder> encoders = new ArrayList<>();
        for (EncoderFit fit : fits) {
            encoders.add(fit.encoder());
        }
        return encoders;
    }

    /** Of numbers. */
    record Standardising(RawColumn.Numbers values, Moments moments, int rows, double bound) implements EncoderFit {
        @Override
        public void add(int row, float cell) {
            moments.add(values.at(row, cell));
        }

        @Override
        public void beginAgain() {
            moments.beginAgain();
        }

        @Override
        public void addAgain(int row, float cell) {
            moments.addAgain(values.at(row, cell));
        }

        @Override
        public Encoder encoder() {
            return Encoder.Standardised.of(values, moments, rows - moments.count(), bound);
        }
    }

    /** Of texts. */
    final class Listing implements EncoderFit {
        private final RawColumn.Texts values;
        private final boolean[] seen;
        private int missing;

        Listing(RawColumn.Texts values) {
            this.values = values;
            seen = new boolean[values.values().size()];
        }

        @Override
        public void add(int row, float cell) {
            if (cell == RawColumn.MISSING) {
                missing++;
            } else {
                seen[(int) cell] = true;
            }
        }

        @Override
        public void beginAgain() {}

        @Override
        public void addAgain(int row, float cell) {}

        @Override
        public Encoder encoder() {
            List<@Nullable String> kept = new ArrayList<>(IntStream.range(0, seen.length)
                    .filter(code -> seen[code])
                    .mapToObj(values.values()::get)
                    .distinct()
                    .sorted(CodePoints.ORDER)
                    .toList());
            if (missing > 0) {
                kept.add(null);
            }
            return Encoder.OneHot.of(values, Collections.unmodifiableList(kept), missing);
        }
    }
}
