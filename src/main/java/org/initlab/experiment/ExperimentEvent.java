package org.initlab.experiment;

import java.util.List;
import java.util.UUID;
import org.initlab.run.RunTally;
import org.initlab.run.RunView;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to an experiment, published in the transaction that stores it. That transaction holds the lock on
 * the experiment's row, so an experiment's events are committed in the order of their revisions.
 */
public sealed interface ExperimentEvent {
    UUID experimentId();

    /** The experiment's revision, which grows with every event. */
    long revision();

    /** One of its runs stored an epoch. */
    record EpochCommitted(UUID experimentId, long revision, UUID runId, int epoch) implements ExperimentEvent {}

    /**
     * Runs of it changed in any other way, and the experiment with them.
     *
     * @param revision of the experiment's own change; those of the runs are the ones before it
     * @param tallies of all its runs
     * @param waitingFor what its queued runs need that no worker offers now; {@code null} if they only wait their turn
     */
    record RunsChanged(
            UUID experimentId, long revision, List<RunView> runs, List<RunTally> tallies, @Nullable String waitingFor)
            implements ExperimentEvent {}

    /** Only the experiment itself changed. */
    record Changed(UUID experimentId, long revision) implements ExperimentEvent {}
}
