package org.initlab.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Arrays;
import org.initlab.training.data.BatchTransform;
import org.initlab.training.data.BinarySplit;
import org.initlab.training.data.ImageTransform;
import org.initlab.training.model.BinaryClassifier;

/** Runs a classifier over the test split. */
final class Evaluator {
    private final EvaluationSpec spec;
    private final BinarySplit split;
    private final BinaryClassifier model;
    private final NDManager manager;
    private final BatchTransform transform;

    Evaluator(
            EvaluationSpec spec,
            BinarySplit split,
            ImageTransform transform,
            BinaryClassifier model,
            NDManager manager) {
        this.spec = spec;
        this.split = split;
        this.model = model;
        this.manager = manager;
        this.transform = new BatchTransform(manager, transform, split);
    }

    /** Whether evaluating moves BatchNorm's running statistics. */
    boolean changesTheModel() {
        return spec.mode() == EvaluationSpec.Mode.TRAIN;
    }

    /**
     * Computes the metrics of all rows.
     *
     * @param beforeBatch called before every batch; what it throws ends the evaluation
     */
    BinaryMetrics evaluate(Runnable beforeBatch) {
        int[] order = RandomStreams.inOrder(split.rows());
        float[] logits = new float[order.length];
        for (int start = 0; start < order.length; start += spec.batchSize()) {
            beforeBatch.run();
            int end = Math.min(start + spec.batchSize(), order.length);
            try (NDManager batch = manager.newSubManager()) {
                NDArray images = transform.apply(split.images(batch, Arrays.copyOfRange(order, start, end)));
                float[] part = model.forward(images, changesTheModel()).toFloatArray();
                System.arraycopy(part, 0, logits, start, part.length);
            }
        }
        return BinaryMetrics.of(logits, labels());
    }

    private byte[] labels() {
        byte[] labels = new byte[split.rows()];
        for (int row = 0; row < labels.length; row++) {
            labels[row] = (byte) (split.isPositive(row) ? 1 : 0);
        }
        return labels;
    }
}
