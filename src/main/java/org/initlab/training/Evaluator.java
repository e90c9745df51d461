package org.initlab.training;

import org.initlab.training.data.Split;
import org.initlab.training.engine.Autocast;
import org.initlab.training.engine.RandomStreams;
import org.initlab.training.network.BinaryClassifier;
import org.initlab.training.spec.EvaluationSpec;

/** Runs a classifier over the test split. */
final class Evaluator {
    private final EvaluationSpec spec;
    private final Split split;
    private final BinaryClassifier model;
    private final Logits logits;
    private final Autocast autocast;

    Evaluator(EvaluationSpec spec, Split split, BinaryClassifier model, Autocast autocast, Batches batches) {
        this.spec = spec;
        this.split = split;
        this.model = model;
        this.autocast = autocast;
        logits = new Logits(batches, split);
    }

    /** Whether evaluating moves BatchNorm's running statistics. */
    boolean changesTheModel() {
        return spec.mode() == EvaluationSpec.Mode.TRAIN;
    }

    /**
     * Computes the logits of the whole split.
     *
     * @param beforeBatch called before every batch; an exception from it ends the evaluation
     */
    Predictions evaluate(Runnable beforeBatch) {
        int[] rows = RandomStreams.inOrder(split.labels().count());
        float[] values = logits.of(
                rows,
                spec.batchSize(),
                input -> autocast.compute(() -> model.forward(input, changesTheModel())),
                beforeBatch);
        return new Predictions(split.labels().toBytes(), values);
    }
}
