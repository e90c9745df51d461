package org.initlab.run;

import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.initlab.run.RunEvent.EpochCommitted;
import org.initlab.run.RunEvent.StateChanged;
import org.initlab.run.RunEvent.TaskLoaded;
import org.initlab.training.EpochResult;
import org.initlab.training.Outcome;
import org.initlab.training.StepLosses;
import org.initlab.training.TaskSummary;
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
    private final Runs runs;
    private final EpochTable epochs;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    RunLedger(Runs runs, EpochTable epochs, ApplicationEventPublisher events, Clock clock) {
        this.runs = runs;
        this.epochs = epochs;
        this.events = events;
        this.clock = clock;
    }

    /** Takes the run for a worker; empty where it is cancelled, otherwise done, or given up now. */
    Optional<Assignment> claim(UUID runId, Worker worker) {
        Optional<Run> claimable = runs.lockClaimable(runId);
        Optional<Assignment> assignment =
                claimable.filter(run -> !run.isExhausted(worker.maxAttempts())).map(run -> assign(run, worker));
        claimable.filter(run -> assignment.isEmpty()).ifPresent(run -> giveUp(run, worker.maxAttempts()));
        claimable.ifPresent(this::stateChanged);
        return assignment;
    }

    private Assignment assign(Run run, Worker worker) {
        Lease lease = run.claim(worker, clock.instant());
        return new Assignment(lease, run.plan(), run.threads(), Optional.ofNullable(run.checkpoint()));
    }

    private void giveUp(Run run, int attempts) {
        run.fail(
                attempts
                        + " attempts in a row ended without finishing an epoch; the workers' processes died, perhaps for"
                        + " want of memory: look at their logs, or try a smaller training.batchSize",
                clock.instant());
    }

    void started(Lease lease, TaskSummary task, double biasValue) {
        Run run = leased(lease);
        run.biasSet(biasValue);
        events.publishEvent(new TaskLoaded(run.experimentId(), task));
    }

    /** Stores an epoch, its steps, its checkpoint and the run's progress together or not at all. */
    void commit(Lease lease, EpochResult result, StepLosses steps, CheckpointRef checkpoint) {
        Run run = leased(lease);
        EpochRow row = EpochRow.of(result);
        epochs.insert(run.id(), row);
        epochs.insert(run.id(), row.epoch(), steps);
        run.epochCommitted(row.epoch(), checkpoint);
        events.publishEvent(new EpochCommitted(run.experimentId(), run.view(), row));
    }

    void finish(Lease lease, Outcome outcome) {
        Run run = leased(lease);
        if (outcome instanceof Outcome.Completed) {
            run.succeed(clock.instant());
        } else if (outcome instanceof Outcome.Diverged diverged) {
            if (diverged.epoch() > run.epochsDone()) {
                epochs.insert(run.id(), diverged.epoch(), diverged.steps());
            }
            run.diverge(diverged.reason(), clock.instant());
        } else {
            run.handBack();
        }
        stateChanged(run);
    }

    void fail(Lease lease, String reason) {
        Run run = leased(lease);
        run.fail(reason, clock.instant());
        stateChanged(run);
    }

    @Transactional(readOnly = true)
    boolean holds(Lease lease) {
        return runs.isLeased(lease.runId(), lease.attempt());
    }

    private Run leased(Lease lease) {
        return runs.lockLeased(lease.runId(), lease.attempt()).orElseThrow(() -> new LeaseLostException(lease));
    }

    private void stateChanged(Run run) {
        events.publishEvent(new StateChanged(run.experimentId()));
    }
}
