package org.initlab.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import org.initlab.training.data.InputPipeline;
import org.initlab.training.data.Split;
import org.initlab.training.engine.Autocast;
import org.initlab.training.engine.RandomStreams;
import org.initlab.training.network.BinaryClassifier;
import org.initlab.training.objective.Objective;
import org.initlab.training.spec.EvaluationSpec;

/** Runs a classifier over the test split. */
final class Evaluator {
    private final EvaluationSpec spec;
    private final Split split;
    private final BinaryClassifier model;
    private final Objective objective;
    private final Batches batches;
    private final InputPipeline pipeline;
    private final Autocast autocast;

    Evaluator(
            EvaluationSpec spec,
            Split split,
            BinaryClassifier model,
            Objective objective,
            Autocast autocast,
            Batches batches) {
        this.spec = spec;
        this.split = split;
        this.model = model;
        this.objective = objective;
        this.batches = batches;
        this.autocast = autocast;
        pipeline = split.pipeline(batches.manager());
    }

    /** Whether evaluating moves BatchNorm's running statistics. */
    boolean changesTheModel() {
        return spec.mode() == EvaluationSpec.Mode.TRAIN;
    }

    /**
     * Computes the metrics of the whole split.
     *
     * @param beforeBatch called before every batch; an exception from it ends the evaluation
     */
    BinaryMetrics evaluate(Runnable beforeBatch) {
        int[] order = RandomStreams.inOrder(split.labels().count());
        try (NDManager results = batches.manager().newSubManager();
                BatchFeed feed = batches.feed(split, order, spec.batchSize(), 0)) {
            NDList logits = new NDList();
            while (feed.hasNext()) {
                beforeBatch.run();
                try (BatchFeed.Batch batch = feed.next()) {
                    NDArray input = pipeline.apply(batch.rows());
                    NDArray part = autocast.compute(() -> model.forward(input, changesTheModel()));
                    part.attach(results);
                    logits.add(part);
                }
            }
            // read once at the end, so that a GPU need not wait for the host between batches
            return BinaryMetrics.of(
                    NDArrays.concat(logits).toFloatArray(), split.labels().toBytes(), objective);
        }
    }
}
