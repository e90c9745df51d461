package org.initlab.experiment;

import java.util.UUID;
import org.initlab.run.RunView;

/**
 * What happened to an experiment; published within the transaction that stores it, which holds the lock of the experiment's
 * row. So the events of an experiment are committed in the order of their revisions.
 */
public sealed interface ExperimentEvent {
    UUID experimentId();

    /** The experiment's revision, which grows with every event. */
    long revision();

    /** One of its runs finished an epoch, whose row is stored. */
    record EpochCommitted(UUID experimentId, long revision, UUID runId, int epoch) implements ExperimentEvent {}

    /** One of its runs changed otherwise. */
    record RunChanged(UUID experimentId, long revision, RunView run) implements ExperimentEvent {}

    /** The experiment itself changed. */
    record Changed(UUID experimentId, long revision) implements ExperimentEvent {}
}
