package org.initlab.training.data.tables;

import java.util.List;
import org.initlab.training.data.DecodedSplit;
import org.initlab.training.data.Labels;
import org.initlab.training.data.Split;
import org.initlab.training.spec.InputForm;

/**
 * The rows of one split, in its order, as encoded cells; nothing changes them once they are there.
 *
 * @param layout makes features of them
 * @param classes the class of each row, from 0
 */
record FeatureRows(FeatureLayout layout, CellRows cells, int[] classes) implements DecodedSplit {

    /**
     * Encodes rows of a table.
     *
     * @param rows which ones, in the split's order
     * @throws org.initlab.training.spec.TrainingException if there is no room for them on the disk
     */
    static FeatureRows of(RawTable table, List<Encoder> encoders, int[] rows, TableSpace space, Runnable onProgress) {
        Encoder[] columns = encoders.toArray(Encoder[]::new);
        float[] encoded = new float[columns.length];
        try (CellRows.Writer writer = space.rows(columns.length)) {
            table.each(rows, onProgress, (row, cells) -> {
                for (int i = 0; i < columns.length; i++) {
                    encoded[i] = columns[i].encode(row, cells[i]);
                }
                writer.add(encoded);
            });
            return new FeatureRows(new FeatureLayout(encoders), writer.build(), TableRows.classes(rows, table));
        }
    }

    @Override
    public Split select(Labels labels, InputForm form) {
        return new SelectedRows(this, labels);
    }
}
