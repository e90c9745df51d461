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
     * Runs of it changed in any other way.
     *
     * @param revision of the last of them; those before it have the revisions before it
     */
    record RunsChanged(UUID experimentId, long revision, List<RunView> runs) implements ExperimentEvent {}

    /**
     * The experiment itself changed.
     *
     * @param tallies of its runs, if the publisher has just read them
     */
    record Changed(UUID experimentId, long revision, @Nullable List<RunTally> tallies) implements ExperimentEvent {
        Changed with(List<RunTally> read) {
            return new Changed(experimentId, revision, read);
        }
    }
}
