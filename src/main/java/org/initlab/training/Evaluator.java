package org.initlab.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.concurrent.ExecutorService;
import org.initlab.training.data.BatchTransform;
import org.initlab.training.data.BinarySplit;
import org.initlab.training.data.ImageTransform;
import org.initlab.training.model.BinaryClassifier;
import org.initlab.training.spec.EvaluationSpec;

/** Runs a classifier over the test split. */
final class Evaluator {
    private final EvaluationSpec spec;
    private final BinarySplit split;
    private final BinaryClassifier model;
    private final NDManager manager;
    private final ExecutorService loader;
    private final BatchTransform transform;

    Evaluator(
            EvaluationSpec spec,
            BinarySplit split,
            ImageTransform transform,
            BinaryClassifier model,
            NDManager manager,
            ExecutorService loader) {
        this.loader = loader;
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
        try (NDManager results = manager.newSubManager();
                BatchFeed feed = new BatchFeed(loader, manager, split, order, spec.batchSize(), 0)) {
            NDList logits = new NDList();
            while (feed.hasNext()) {
                beforeBatch.run();
                try (BatchFeed.Batch batch = feed.next()) {
                    NDArray part = model.forward(transform.apply(batch.pixels()), changesTheModel());
                    part.attach(results);
                    logits.add(part);
                }
            }
            // read once: a GPU need not wait for the host between the batches
            return BinaryMetrics.of(NDArrays.concat(logits).toFloatArray(), labels());
        }
    }

    private byte[] labels() {
        byte[] labels = new byte[split.rows()];
        for (int row = 0; row < labels.length; row++) {
            labels[row] = (byte) (split.isPositive(row) ? 1 : 0);
        }
        return labels;
    }
}
