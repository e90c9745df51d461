package org.initlab.run;

import java.util.UUID;
import org.initlab.training.data.DatasetSummary;

/** What happened to a run; published within the transaction that stores it. */
public sealed interface RunEvent {
    UUID experimentId();

    /** A worker has found the data set, or has read all of it. */
    record DatasetLoaded(UUID experimentId, DatasetSummary dataset) implements RunEvent {}

    /** A worker has read the file of a network; the hash is in hexadecimal. */
    record NetworkRead(UUID experimentId, String file, String sha256) implements RunEvent {}

    /** A worker has taken the run. */
    record Claimed(UUID experimentId, RunView run) implements RunEvent {}

    /** The run succeeded, failed or diverged. */
    record Ended(UUID experimentId, RunView run) implements RunEvent {}

    /** An epoch was stored. */
    record EpochCommitted(UUID experimentId, RunView run, EpochRow epoch) implements RunEvent {}
}
