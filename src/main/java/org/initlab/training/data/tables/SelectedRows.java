package org.initlab.training.data.tables;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.security.MessageDigest;
import org.initlab.training.data.Fingerprint;
import org.initlab.training.data.InputPipeline;
import org.initlab.training.data.Labels;
import org.initlab.training.data.Split;
import org.initlab.training.spec.FeatureShape;

/**
 * Some rows of a split; a view, so that runs share the features.
 *
 * @param rows the split
 * @param labels which of them, and how they are labelled
 */
record SelectedRows(FeatureRows rows, Labels labels) implements Split {

    @Override
    public FeatureShape shape() {
        return new FeatureShape(rows.features());
    }

    @Override
    public int rowBytes() {
        return rows.features() * Float.BYTES;
    }

    @Override
    public void read(int[] positions, ByteBuffer into, Runnable onProgress) {
        int width = rows.features();
        FloatBuffer values = into.asFloatBuffer();
        for (int position : positions) {
            values.put(rows.values(), labels.row(position) * width, width);
        }
        into.position(into.position() + values.position() * Float.BYTES);
    }

    /** Returns float32 of shape (N, features). */
    @Override
    public NDArray wrap(NDManager manager, ByteBuffer bytes, int count) {
        return manager.create(bytes, new Shape(count, rows.features()), DataType.FLOAT32);
    }

    @Override
    public InputPipeline pipeline(NDManager manager) {
        return NDArray::duplicate;
    }

    @Override
    public void addTo(MessageDigest digest, Runnable onProgress) {
        int width = rows.features();
        digest.update(Fingerprint.bytes(labels.count(), width));
        ByteBuffer row = ByteBuffer.allocate(width * Float.BYTES);
        for (int position = 0; position < labels.count(); position++) {
            onProgress.run();
            digest.update(Fingerprint.bytes(labels.classAt(position)));
            row.asFloatBuffer().put(rows.values(), labels.row(position) * width, width);
            digest.update(row.array());
        }
    }
}
