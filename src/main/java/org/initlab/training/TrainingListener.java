package org.initlab.training;

import java.util.function.Supplier;
import org.initlab.training.weights.StateDict;

/** Hears how a run goes on; what it throws ends the training. */
public interface TrainingListener {

    /** The data is there and the output bias is set to a logit, before epoch 0. */
    void started(TaskSummary task, double biasValue);

    /**
     * An epoch is done; when this returns the epoch is the caller's to keep.
     *
     * @param result its metrics
     * @param steps its kept training losses; empty at epoch 0
     * @param state captures all that is needed to go on after this epoch; only valid during the call
     */
    void epochFinished(EpochResult result, StepLosses steps, Supplier<StateDict> state);
}
