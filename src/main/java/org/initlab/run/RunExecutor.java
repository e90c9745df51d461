package org.initlab.run;

import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.initlab.platform.ConditionalOnRole;
import org.initlab.platform.DatabaseOutage;
import org.initlab.platform.Role;
import org.initlab.training.Outcome;
import org.initlab.training.Trainer;
import org.initlab.training.Trainer.ResumePoint;
import org.initlab.training.TrainingException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.stereotype.Component;

/** Trains one run from its claim to its end, on the calling thread. */
@Component
@ConditionalOnRole(Role.WORKER)
public class RunExecutor {
    private static final Logger log = LoggerFactory.getLogger(RunExecutor.class);

    private final RunLedger ledger;
    private final CheckpointStore checkpoints;
    private final Trainer trainer;
    private final Worker worker;

    RunExecutor(RunLedger ledger, CheckpointStore checkpoints, Trainer trainer, Worker worker) {
        this.ledger = ledger;
        this.checkpoints = checkpoints;
        this.trainer = trainer;
        this.worker = worker;
    }

    /** What the queue has to do with the run's entry. */
    public enum Result {
        /** Nothing is left to do. */
        DONE,
        /** The worker shuts down; another one must go on. */
        HANDED_BACK
    }

    /**
     * Trains a run unless it is finished or cancelled already.
     *
     * @param shuttingDown turns true when the worker must stop soon
     * @throws RuntimeException where the database is away; the run goes on from its last epoch when tried again
     */
    public Result execute(UUID runId, BooleanSupplier shuttingDown) {
        Optional<Assignment> assignment = ledger.claim(runId, worker);
        return assignment.map(work -> perform(work, shuttingDown)).orElse(Result.DONE);
    }

    private Result perform(Assignment work, BooleanSupplier shuttingDown) {
        Lease lease = work.lease();
        MDC.put("experiment", lease.experimentId().toString());
        MDC.put("run", lease.runId().toString());
        try (LeaseWatch watch = new LeaseWatch(ledger, lease)) {
            Outcome outcome = train(work, () -> watch.lost() || shuttingDown.getAsBoolean());
            ledger.finish(lease, outcome);
            return outcome instanceof Outcome.Stopped ? Result.HANDED_BACK : Result.DONE;
        } catch (LeaseLostException e) {
            log.info("Stopped training: {}", e.getMessage());
            return Result.DONE;
        } catch (RuntimeException e) {
            if (DatabaseOutage.isCauseOf(e)) {
                throw e;
            }
            return fail(lease, e);
        } finally {
            MDC.remove("experiment");
            MDC.remove("run");
        }
    }

    private Outcome train(Assignment work, BooleanSupplier stop) {
        Optional<ResumePoint> resume =
                work.checkpoint().map(reference -> new ResumePoint(reference.epoch(), checkpoints.read(reference)));
        RunRecorder recorder = new RunRecorder(ledger, checkpoints, work.lease());
        return trainer.train(work.plan(), work.threads(), resume, recorder, stop);
    }

    private Result fail(Lease lease, RuntimeException cause) {
        String reason;
        if (cause instanceof TrainingException) {
            reason = cause.getMessage();
            log.warn("Run {} of experiment {} failed: {}", lease.runId(), lease.experimentId(), reason);
        } else {
            String incident = UUID.randomUUID().toString().substring(0, 8);
            reason = "an unexpected error; the log of worker " + worker.name() + " has it as incident " + incident;
            log.error("Run {} failed unexpectedly, incident {}", lease.runId(), incident, cause);
        }
        try {
            ledger.fail(lease, reason);
        } catch (LeaseLostException e) {
            log.info("Its failure is not recorded: {}", e.getMessage());
        }
        return Result.DONE;
    }
}
