package org.initlab.run;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.initlab.platform.ConditionalOnRole;
import org.initlab.platform.Role;
import org.initlab.training.Outcome;
import org.initlab.training.Trainer;
import org.initlab.worker.Presence;
import org.initlab.worker.Worker;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.stereotype.Component;

/** Trains runs from their claim to their end, one at a time. */
@Component
@ConditionalOnRole(Role.WORKER)
public class RunExecutor {
    private static final Logger log = LoggerFactory.getLogger(RunExecutor.class);
    /** How long a stopping process waits for the current training step; it is gone within 10 s. */
    private static final Duration PATIENCE_ON_STOP = Duration.ofSeconds(7);
    /** A cancelled or paused run stops within this time and a training step. */
    private static final Duration LEASE_CHECK = Duration.ofSeconds(1);

    private static final Duration RETRY_WITHOUT_DATABASE = Duration.ofSeconds(1);

    private final RunClaims claims;
    private final RunLedger ledger;
    private final CheckpointStore checkpoints;
    private final CheckpointProperties settings;
    private final Trainer trainer;
    private final Worker worker;
    private final Presence presence;
    private final EngineMemory memory;
    private final Clock clock;
    private final Telemetry telemetry;
    private volatile @Nullable Future<?> current;
    /** Never shut down: this bean would be stopped before the scheduler that gives it work. */
    private final ExecutorService training = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "training");
        thread.setDaemon(true);
        return thread;
    });

    RunExecutor(
            RunClaims claims,
            RunLedger ledger,
            CheckpointStore checkpoints,
            CheckpointProperties settings,
            Trainer trainer,
            Worker worker,
            Presence presence,
            EngineMemory memory,
            Clock clock,
            Telemetry telemetry) {
        this.claims = claims;
        this.ledger = ledger;
        this.checkpoints = checkpoints;
        this.settings = settings;
        this.trainer = trainer;
        this.worker = worker;
        this.presence = presence;
        this.memory = memory;
        this.clock = clock;
        this.telemetry = telemetry;
    }

    /** What the queue has to do with the run's entry. */
    public enum Result {
        /** Nothing is left to do: remove it. */
        DONE,
        /** The run waits for whichever worker comes next: put it back. */
        REQUEUED,
        /** This worker lacks what the run needs: let others look at it first. */
        WORKER_UNSUITABLE
    }

    /**
     * Trains a run, unless its entry in the queue is void.
     *
     * @param queueEntry which entry of the run this is
     * @param shuttingDown turns true when the worker must stop soon
     * @throws RuntimeException if the database is unavailable; the run continues from its last checkpoint when tried again
     */
    public Result execute(UUID runId, int queueEntry, BooleanSupplier shuttingDown) {
        if (shuttingDown.getAsBoolean()) {
            return Result.REQUEUED;
        }
        return telemetry.observeRun(runId, () -> claimAndTrain(runId, queueEntry, shuttingDown));
    }

    private Result claimAndTrain(UUID runId, int queueEntry, BooleanSupplier shuttingDown) {
        Claim claim = telemetry.observe("initlab.dispatch", () -> claims.claim(runId, queueEntry, worker));
        if (claim instanceof Claim.Granted granted) {
            presence.trains(runId);
            memory.inUse();
            try {
                return perform(granted.assignment(), shuttingDown);
            } finally {
                memory.unused();
                presence.trains(null);
            }
        }
        return claim instanceof Claim.WorkerUnsuitable ? Result.WORKER_UNSUITABLE : Result.DONE;
    }

    /** Whether a thread is within a training step, perhaps in PyTorch's own code, where nothing can interrupt it. */
    public boolean isTraining() {
        Future<?> attempt = current;
        return attempt != null && !attempt.isDone();
    }

    private Result perform(Assignment work, BooleanSupplier shuttingDown) {
        Future<?> attempt = training.submit(telemetry.carried(() -> attempt(work, shuttingDown)));
        current = attempt;
        Instant deadline = Instant.MAX;
        while (true) {
            try {
                attempt.get(100, TimeUnit.MILLISECONDS);
                return ledger.isQueued(work.lease()) ? Result.REQUEUED : Result.DONE;
            } catch (TimeoutException e) {
                if (shuttingDown.getAsBoolean() && deadline.equals(Instant.MAX)) {
                    deadline = clock.instant().plus(PATIENCE_ON_STOP);
                } else if (clock.instant().isAfter(deadline)) {
                    return abandon(work.lease());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return abandon(work.lease());
            } catch (ExecutionException e) {
                throw new IllegalStateException("the attempt was cut short", e.getCause());
            }
        }
    }

    private void attempt(Assignment work, BooleanSupplier shuttingDown) {
        Lease lease = work.lease();
        MDC.put("experiment", lease.experimentId().toString());
        MDC.put("run", lease.runId().toString());
        try (LeaseWatch watch = new LeaseWatch(ledger, lease, LEASE_CHECK)) {
            CheckpointPace pace = new CheckpointPace(settings.interval(), work.afterCrash(), clock);
            RunControl control = new RunControl(watch, shuttingDown, pace);
            OutagePatience patience = new OutagePatience(RETRY_WITHOUT_DATABASE, shuttingDown);
            new Attempt(ledger, checkpoints, trainer, work, control, patience, telemetry).perform();
        } finally {
            MDC.remove("experiment");
            MDC.remove("run");
        }
    }

    /** Hands back what is committed while the current step still runs; whatever that writes will be rejected. */
    private Result abandon(Lease lease) {
        log.warn(
                "The training step takes too long to wait for; run {} will continue from its last checkpoint",
                lease.runId());
        try {
            ledger.finish(lease, new Outcome.Stopped());
        } catch (LeaseLostException e) {
            log.info("Nothing to hand back: {}", e.getMessage());
        }
        return ledger.isQueued(lease) ? Result.REQUEUED : Result.DONE;
    }
}
