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
    /** How many features are copied at a time: into an array first, as each copy out of the heap costs as much as a short row. */
    private static final int COPIED = 4096;

    @Override
    public FeatureShape shape() {
        return new FeatureShape(rows.layout().features());
    }

    @Override
    public int rowBytes() {
        return rows.layout().features() * Float.BYTES;
    }

    @Override
    public void read(int[] positions, ByteBuffer into, Runnable onProgress) {
        int width = rows.layout().features();
        FloatBuffer values = into.asFloatBuffer();
        int[] some = new int[Math.min(positions.length, Math.max(1, COPIED / width))];
        float[] features = new float[some.length * width];
        for (int first = 0; first < positions.length; first += some.length) {
            int count = Math.min(some.length, positions.length - first);
            for (int i = 0; i < count; i++) {
                some[i] = labels.row(positions[first + i]);
            }
            rows.layout().write(rows.cells(), some, count, features);
            values.put(features, 0, count * width);
        }
        into.position(into.position() + values.position() * Float.BYTES);
    }

    /** Returns float32 of shape (N, features). */
    @Override
    public NDArray wrap(NDManager manager, ByteBuffer bytes, int count) {
        return manager.create(bytes, new Shape(count, rows.layout().features()), DataType.FLOAT32);
    }

    @Override
    public InputPipeline pipeline(NDManager manager) {
        return NDArray::duplicate;
    }

    @Override
    public void addTo(MessageDigest digest, Runnable onProgress) {
        int width = rows.layout().features();
        digest.update(Fingerprint.bytes(labels.count(), width));
        float[] row = new float[width];
        ByteBuffer bytes = ByteBuffer.allocate(width * Float.BYTES);
        for (int position = 0; position < labels.count(); position++) {
            onProgress.run();
            digest.update(Fingerprint.bytes(labels.classAt(position)));
            rows.layout().write(rows.cells(), new int[] {labels.row(position)}, 1, row);
            bytes.asFloatBuffer().put(row);
            digest.update(bytes.array());
        }
    }
}
