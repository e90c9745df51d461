package org.initlab.run;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.initlab.run.RunEvent.DatasetLoaded;
import org.initlab.run.RunEvent.EpochCommitted;
import org.initlab.run.RunEvent.NetworkRead;
import org.initlab.training.EpochResult;
import org.initlab.training.Outcome;
import org.initlab.training.StepLosses;
import org.initlab.training.data.DatasetSummary;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Everything that a worker may write about its run, one transaction each; {@link LeaseLostException} if the run is no longer
 * the worker's. What is announced locks the experiment's row, for which its other workers wait, and so comes last.
 */
@Service
@Transactional
class RunLedger {
    /** The newest, and the one before it in case the newest is damaged. */
    private static final int KEPT_CHECKPOINTS = 2;

    private final Runs runs;
    private final EpochTable epochs;
    private final CheckpointTable checkpoints;
    private final RunAnnouncer announcer;
    private final Clock clock;

    RunLedger(Runs runs, EpochTable epochs, CheckpointTable checkpoints, RunAnnouncer announcer, Clock clock) {
        this.runs = runs;
        this.epochs = epochs;
        this.checkpoints = checkpoints;
        this.announcer = announcer;
        this.clock = clock;
    }

    /**
     * Drops the checkpoints that cannot be read, and the epochs after the one that can.
     *
     * @param resumed where the run continues; empty if it begins again
     */
    void fellBack(Lease lease, List<CheckpointRef> unreadable, Optional<CheckpointRef> resumed, String warning) {
        Run run = leased(lease);
        checkpoints.remove(run.id(), unreadable);
        epochs.removeAfter(run.id(), resumed.map(CheckpointRef::epoch).orElse(-1));
        announcer.announce(run, run.fellBack(resumed.map(CheckpointRef::epoch).orElse(0), warning));
    }

    void networkRead(Lease lease, String file, String sha256) {
        leased(lease);
        announcer.announce(new NetworkRead(lease.experimentId(), file, sha256));
    }

    void started(Lease lease, DatasetSummary dataset, double biasValue) {
        Run run = leased(lease);
        run.biasSet(biasValue);
        announcer.announce(new DatasetLoaded(lease.experimentId(), dataset));
    }

    void preparing(Lease lease, Preparing progress) {
        Run run = leased(lease);
        announcer.announce(run, run.preparing(progress));
    }

    void dataRead(Lease lease, DatasetSummary dataset) {
        Run run = leased(lease);
        announcer.announce(run, run.prepared());
        announcer.announce(new DatasetLoaded(lease.experimentId(), dataset));
    }

    /**
     * Stores an epoch, its steps, its checkpoint and the run's progress, all or nothing. A second call with the same epoch
     * stores nothing: the answer to a commit that succeeded may have been lost.
     *
     * @return the checkpoints to keep
     */
    List<CheckpointRef> commit(Lease lease, EpochResult result, StepLosses steps, CheckpointRef checkpoint) {
        Run run = leased(lease);
        EpochRow row = EpochRow.of(result);
        if (!epochs.insert(run.id(), row)) {
            return checkpoints.keepNewest(run.id(), KEPT_CHECKPOINTS);
        }
        epochs.insert(run.id(), row.epoch(), steps);
        run.epochCommitted(row.epoch());
        checkpoints.put(run.id(), checkpoint);
        List<CheckpointRef> kept = checkpoints.keepNewest(run.id(), KEPT_CHECKPOINTS);
        announcer.announce(new EpochCommitted(lease.experimentId(), run.view(), row));
        return kept;
    }

    /**
     * Stores a checkpoint within an epoch. One that is stored already shows that the worker lives, but is no progress.
     *
     * @return the checkpoints to keep
     */
    List<CheckpointRef> commit(Lease lease, CheckpointRef checkpoint) {
        Run run = leased(lease);
        if (checkpoints.put(run.id(), checkpoint)) {
            run.checkpointed();
        }
        return checkpoints.keepNewest(run.id(), KEPT_CHECKPOINTS);
    }

    /** Ends the attempt. */
    void finish(Lease lease, Outcome outcome) {
        if (lease.mayEndOthers()) {
            // runs are locked in the order of their ids and before the experiment, or a user's verb could deadlock with
            // this
            runs.lockRows(lease.experimentId());
        }
        Run run = leased(lease);
        Transition finished = finish(run, outcome);
        if (run.state() == RunState.SUCCEEDED) {
            checkpoints.keepNewest(run.id(), 1);
        }
        announcer.announce(run, finished);
    }

    private Transition finish(Run run, Outcome outcome) {
        if (outcome instanceof Outcome.Completed) {
            return run.complete(clock.instant());
        }
        if (outcome instanceof Outcome.Diverged diverged) {
            if (diverged.epoch() > run.epochsDone()) {
                epochs.insert(run.id(), diverged.epoch(), diverged.steps());
            }
            return run.diverge(diverged.reason(), clock.instant());
        }
        return run.handBack();
    }

    void fail(Lease lease, String reason, boolean mayRestart) {
        Run run = leased(lease);
        announcer.announce(run, run.fail(reason, mayRestart, clock.instant()));
    }

    /** What the run's row says to the lease's worker. */
    @Transactional(readOnly = true)
    LeaseState look(Lease lease) {
        return runs.pauseRequested(lease.runId(), lease.attempt())
                .map(pause -> pause ? LeaseState.PAUSE_REQUESTED : LeaseState.HELD)
                .orElse(LeaseState.LOST);
    }

    /** Whether the run waits in the queue under the entry that the lease came from. */
    @Transactional(readOnly = true)
    boolean isQueued(Lease lease) {
        return runs.isQueued(lease.runId(), lease.queueEntry());
    }

    /** The checkpoints that are committed, newest first. */
    @Transactional(readOnly = true)
    List<CheckpointRef> checkpoints(UUID runId) {
        return checkpoints.newestFirst(runId);
    }

    private Run leased(Lease lease) {
        return runs.lockLeased(lease.runId(), lease.attempt())
                .orElseThrow(() -> new LeaseLostException(lease, runs.state(lease.runId())));
    }
}
