package org.initlab.training.data.tables;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Where the cells of a row go among its features: numbers are copied, and a text is a 1 among zeros. */
final class FeatureLayout {
    private final int features;
    private final List<Run> numbers = new ArrayList<>();
    private final List<Run> texts = new ArrayList<>();

    /**
     * Cells that follow each other in a row.
     *
     * @param cell the first one
     * @param feature where it goes, or where the features begin that it is the index of
     */
    private record Run(int cell, int feature, int count) {}

    FeatureLayout(List<Encoder> encoders) {
        int feature = 0;
        int run = 0;
        for (int cell = 0; cell < encoders.size(); cell++) {
            if (encoders.get(cell) instanceof Encoder.Standardised) {
                run++;
            } else {
                addNumbers(cell, feature, run);
                run = 0;
                texts.add(new Run(cell, feature, 1));
            }
            feature += encoders.get(cell).width();
        }
        addNumbers(encoders.size(), feature, run);
        features = feature;
    }

    private void addNumbers(int end, int featuresEnd, int count) {
        if (count > 0) {
            numbers.add(new Run(end - count, featuresEnd - count, count));
        }
    }

    int features() {
        return features;
    }

    /**
     * Writes the features of some rows, one row behind the other.
     *
     * @param count how many rows
     * @param into may hold anything before
     */
    void write(CellRows cells, int[] rows, int count, float[] into) {
        if (!texts.isEmpty()) {
            Arrays.fill(into, 0, count * features, 0);
        }
        for (Run run : numbers) {
            cells.copy(rows, count, run.cell(), run.count(), into, run.feature(), features);
        }
        for (Run text : texts) {
            for (int i = 0; i < count; i++) {
                int index = (int) cells.get(rows[i], text.cell());
                if (index >= 0) {
                    into[i * features + text.feature() + index] = 1;
                }
            }
        }
    }
}
