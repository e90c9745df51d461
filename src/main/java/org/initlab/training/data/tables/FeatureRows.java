package org.initlab.training.data.tables;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.initlab.training.data.DecodedSplit;
import org.initlab.training.data.Labels;
import org.initlab.training.data.Split;
import org.initlab.training.spec.InputForm;
import org.initlab.training.spec.TrainingException;

/**
 * The rows of one split as the network sees them; nothing changes them once they are there.
 *
 * @param features how many there are in a row
 * @param values row by row
 * @param classes the class of each row, from 0
 */
record FeatureRows(int features, float[] values, int[] classes) implements DecodedSplit {

    /**
     * Encodes rows of a table.
     *
     * @param rows which ones, in the split's order
     * @throws TrainingException if they do not fit into one array or into the heap
     */
    static FeatureRows of(RawTable table, List<Encoder> encoders, int[] rows, Runnable onProgress) {
        int width = encoders.stream().mapToInt(Encoder::width).sum();
        float[] values = allocate(rows.length, width);
        int at = 0;
        for (Encoder encoder : encoders) {
            onProgress.run();
            for (int i = 0; i < rows.length; i++) {
                encoder.write(rows[i], values, i * width + at);
            }
            at += encoder.width();
        }
        return new FeatureRows(
                width,
                values,
                Arrays.stream(rows).map(row -> table.classes()[row]).toArray());
    }

    private static float[] allocate(int rows, int width) {
        long count = (long) rows * width;
        if (count > Integer.MAX_VALUE - 8
                || count * Float.BYTES > Runtime.getRuntime().maxMemory() / 10 * 9) {
            throw new TrainingException(String.format(
                    Locale.ROOT,
                    "%,d rows of %,d features take %,d MB, more than the memory for one split; lower trainLimit and testLimit,"
                            + " leave out columns of many texts, or give the service a larger heap (-Xmx)",
                    rows,
                    width,
                    count * Float.BYTES / 1_000_000));
        }
        return new float[(int) count];
    }

    @Override
    public Split select(Labels labels, InputForm form) {
        return new SelectedRows(this, labels);
    }
}
