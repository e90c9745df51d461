package org.initlab.training;

import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import org.initlab.training.data.DatasetSummary;

/** Follows a run's progress; an exception from it ends the training. */
public interface TrainingListener {

    /**
     * A network's file is read, before anything in it is used; not called for a network without one.
     *
     * @param file its name, below the networks folder
     * @param sha256 the hash of its content, in hexadecimal
     */
    default void networkRead(String file, String sha256) {}

    /**
     * The data is found and the output bias, a logit, is set; called before epoch 0. The data has a fingerprint if it is read
     * already.
     */
    void started(DatasetSummary data, double biasValue);

    /** Rows are still being decoded; called every few seconds, perhaps also before {@link #started}. */
    default void preparing(int rowsDone, int rowsTotal) {}

    /**
     * All rows are read, so that the fingerprint is known; called before this attempt finishes its first epoch after epoch 0,
     * unless {@link #started} had it.
     */
    default void dataRead(DatasetSummary data) {}

    /**
     * The wall time of each phase of an epoch; called before {@link #epochFinished}. If the epoch was interrupted, only
     * the time since it resumed.
     */
    default void epochTimed(Map<Phase, Duration> phases) {}

    /**
     * An epoch is finished; once this returns, keeping it is the caller's responsibility.
     *
     * @param result its metrics
     * @param steps its kept training losses; empty at epoch 0
     * @param snapshot captures everything needed to resume after this epoch; valid only during the call
     */
    void epochFinished(EpochResult result, StepLosses steps, Supplier<Snapshot> snapshot);

    /** The control asked for a snapshot, and steps were made since the end of the last epoch. */
    void checkpoint(Snapshot snapshot);
}
