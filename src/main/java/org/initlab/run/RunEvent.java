package org.initlab.run;

import java.util.List;
import java.util.UUID;
import org.initlab.training.data.DatasetSummary;

/** What a run went through; published within the transaction that stores it. */
public sealed interface RunEvent {
    UUID experimentId();

    /** The data was read. */
    record TaskLoaded(UUID experimentId, DatasetSummary task) implements RunEvent {}

    /** Runs changed otherwise, perhaps none of them. */
    record StateChanged(UUID experimentId, List<RunView> runs) implements RunEvent {}

    /** A worker has taken the run. */
    record Claimed(UUID experimentId, RunView run) implements RunEvent {}

    /** The run succeeded, failed or diverged under its worker. */
    record Ended(UUID experimentId, RunView run) implements RunEvent {}

    /** An epoch was stored. */
    record EpochCommitted(UUID experimentId, RunView run, EpochRow epoch) implements RunEvent {}
}
