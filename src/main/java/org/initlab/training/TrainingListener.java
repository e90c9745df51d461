package org.initlab.training;

import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import org.initlab.training.data.DatasetSummary;

/** Hears how a run goes on; what it throws ends the training. */
public interface TrainingListener {

    /** The data is there and the output bias is set to a logit, before epoch 0. */
    void started(DatasetSummary data, double biasValue);

    /**
     * What the phases of an epoch took in wall time; called before {@link #epochFinished}. Of an epoch that was
     * interrupted, the part since then.
     */
    default void epochTimed(Map<Phase, Duration> phases) {}

    /**
     * An epoch is done; when this returns the epoch is the caller's to keep.
     *
     * @param result its metrics
     * @param steps its kept training losses; empty at epoch 0
     * @param snapshot captures all that is needed to go on after this epoch; only valid during the call
     */
    void epochFinished(EpochResult result, StepLosses steps, Supplier<Snapshot> snapshot);

    /** The control asked for a snapshot and steps were made since the last epoch's end. */
    void checkpoint(Snapshot snapshot);
}
