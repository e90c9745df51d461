package org.initlab.run;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.initlab.run.RunEvent.Claimed;
import org.initlab.run.RunEvent.Ended;
import org.initlab.run.RunEvent.EpochCommitted;
import org.initlab.run.RunEvent.StateChanged;
import org.initlab.run.RunEvent.TaskLoaded;
import org.initlab.training.EpochResult;
import org.initlab.training.Outcome;
import org.initlab.training.StepLosses;
import org.initlab.training.data.DatasetSummary;
import org.initlab.worker.Worker;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * All that a worker may write of a run, each as one transaction under its lease; {@link LeaseLostException} where the
 * run is no longer the worker's.
 */
@Service
@Transactional
class RunLedger {
    /** The last one, and the one before in case that the last is torn. */
    private static final int KEPT_CHECKPOINTS = 2;

    private final Runs runs;
    private final EpochTable epochs;
    private final CheckpointTable checkpoints;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    RunLedger(
            Runs runs, EpochTable epochs, CheckpointTable checkpoints, ApplicationEventPublisher events, Clock clock) {
        this.runs = runs;
        this.epochs = epochs;
        this.checkpoints = checkpoints;
        this.events = events;
        this.clock = clock;
    }

    /** Takes the run for a worker, unless the entry is outdated, the worker lacks what it needs, or it is given up now. */
    Claim claim(UUID runId, int queueEntry, Worker worker, Requirements requirements) {
        return runs.lockClaimable(runId, queueEntry)
                .map(run -> {
                    RunView before = run.view();
                    Claim claim = claim(run, worker, requirements);
                    // a worker that lacks what the run needs asks again and again, and nothing changes
                    if (!run.view().equals(before)) {
                        stateChanged(run);
                    }
                    return claim;
                })
                .orElse(new Claim.Refused());
    }

    private Claim claim(Run run, Worker worker, Requirements requirements) {
        if (run.isExhausted(worker.maxAttempts())) {
            giveUp(run, worker.maxAttempts());
            return new Claim.Refused();
        }
        Optional<String> lacking = requirements.lacking(run, worker);
        if (lacking.isPresent()) {
            run.waitFor(lacking.get());
            return new Claim.Declined();
        }
        Lease lease = run.claim(worker, clock.instant());
        // what a diverged epoch left behind
        epochs.removeAfter(run.id(), run.epochsDone());
        events.publishEvent(new Claimed(run.experimentId(), run.view()));
        return new Claim.Granted(new Assignment(
                lease,
                run.plan(),
                run.threads(),
                checkpoints.newestFirst(run.id()),
                run.isRestartAllowed(),
                run.fruitlessAttempts()));
    }

    private void giveUp(Run run, int attempts) {
        run.fail(
                attempts
                        + " attempts in a row ended without a checkpoint; the workers' processes died, perhaps for"
                        + " want of memory: look at their logs, or try a smaller training.batchSize",
                false,
                clock.instant());
        events.publishEvent(new Ended(run.experimentId(), run.view()));
    }

    /** Drops the checkpoints that cannot be read and what came after the one that can; from the beginning where there is none. */
    void fellBack(Lease lease, List<CheckpointRef> unreadable, Optional<CheckpointRef> resumed, String warning) {
        Run run = leased(lease);
        unreadable.forEach(checkpoint -> checkpoints.remove(run.id(), checkpoint));
        epochs.removeAfter(run.id(), resumed.map(CheckpointRef::epoch).orElse(-1));
        run.fellBack(resumed.map(CheckpointRef::epoch).orElse(0), warning);
        stateChanged(run);
    }

    void started(Lease lease, DatasetSummary task, double biasValue) {
        Run run = leased(lease);
        run.biasSet(biasValue);
        events.publishEvent(new TaskLoaded(run.experimentId(), task));
    }

    /**
     * Stores an epoch, its steps, its checkpoint and the run's progress together or not at all; does nothing the second
     * time, as a commit may succeed whose answer is lost.
     *
     * @return the checkpoints to keep
     */
    List<CheckpointRef> commit(Lease lease, EpochResult result, StepLosses steps, CheckpointRef checkpoint) {
        Run run = leased(lease);
        EpochRow row = EpochRow.of(result);
        if (epochs.insert(run.id(), row)) {
            epochs.insert(run.id(), row.epoch(), steps);
            run.epochCommitted(row.epoch());
            checkpoints.put(run.id(), checkpoint);
            events.publishEvent(new EpochCommitted(run.experimentId(), run.view(), row));
        }
        return checkpoints.keepNewest(run.id(), KEPT_CHECKPOINTS);
    }

    /** Stores a checkpoint within an epoch; returns those to keep. */
    List<CheckpointRef> commit(Lease lease, CheckpointRef checkpoint) {
        Run run = leased(lease);
        run.checkpointed();
        checkpoints.put(run.id(), checkpoint);
        return checkpoints.keepNewest(run.id(), KEPT_CHECKPOINTS);
    }

    /** Ends the attempt. */
    void finish(Lease lease, Outcome outcome) {
        Run run = leased(lease);
        if (outcome instanceof Outcome.Completed) {
            run.complete(clock.instant());
        } else if (outcome instanceof Outcome.Diverged diverged) {
            if (diverged.epoch() > run.epochsDone()) {
                epochs.insert(run.id(), diverged.epoch(), diverged.steps());
            }
            run.diverge(diverged.reason(), clock.instant());
        } else {
            run.handBack();
        }
        if (run.state() == RunState.SUCCEEDED) {
            checkpoints.keepNewest(run.id(), 1);
        }
        ended(run);
    }

    void fail(Lease lease, String reason, boolean mayRestart) {
        Run run = leased(lease);
        run.fail(reason, mayRestart, clock.instant());
        ended(run);
    }

    /** What the run's row wants of the lease's worker. */
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

    /** The checkpoints that count. */
    @Transactional(readOnly = true)
    List<CheckpointRef> checkpoints(UUID runId) {
        return checkpoints.newestFirst(runId);
    }

    private Run leased(Lease lease) {
        return runs.lockLeased(lease.runId(), lease.attempt()).orElseThrow(() -> new LeaseLostException(lease));
    }

    private void ended(Run run) {
        if (run.state().isFinal()) {
            events.publishEvent(new Ended(run.experimentId(), run.view()));
        }
        stateChanged(run);
    }

    private void stateChanged(Run run) {
        events.publishEvent(new StateChanged(run.experimentId(), List.of(run.view())));
    }
}
