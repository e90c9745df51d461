package org.initlab.run;

import java.util.Optional;
import java.util.UUID;
import org.initlab.platform.DatabaseOutage;
import org.initlab.run.ResumePoint.NoCheckpointException;
import org.initlab.training.Outcome;
import org.initlab.training.Trainer;
import org.initlab.training.spec.TrainingException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One attempt of a worker at a run: continues from the last good checkpoint, trains, and records how it ended. */
class Attempt {
    private static final Logger log = LoggerFactory.getLogger(Attempt.class);

    private final RunLedger ledger;
    private final CheckpointStore checkpoints;
    private final Trainer trainer;
    private final Assignment work;
    private final Lease lease;
    private final RunControl control;
    private final OutagePatience patience;
    private final Telemetry telemetry;

    Attempt(
            RunLedger ledger,
            CheckpointStore checkpoints,
            Trainer trainer,
            Assignment work,
            RunControl control,
            OutagePatience patience,
            Telemetry telemetry) {
        this.ledger = ledger;
        this.checkpoints = checkpoints;
        this.trainer = trainer;
        this.work = work;
        this.control = control;
        this.patience = patience;
        this.telemetry = telemetry;
        lease = work.lease();
    }

    /**
     * Trains to the end, or for as long as the control allows.
     *
     * @throws RuntimeException if the database is unavailable while the process shuts down
     */
    void perform() {
        try {
            train(ResumePoint.find(work, checkpoints, ledger, patience));
        } catch (LeaseLostException e) {
            lost(e);
        } catch (RuntimeException e) {
            if (DatabaseOutage.isCauseOf(e)) {
                throw e;
            }
            fail(e);
        } catch (Error e) {
            // fails the run at once: the next attempt would most likely meet it too
            fail(e);
        }
        deleteOldCheckpoints();
    }

    private void train(Optional<ResumePoint> resume) {
        CheckpointRef resumed = resume.map(ResumePoint::checkpoint).orElse(null);
        try (RunRecorder recorder =
                new RunRecorder(ledger, checkpoints, control, patience, lease, telemetry, resumed)) {
            Outcome outcome =
                    trainer.train(work.plan(), work.threads(), resume.map(ResumePoint::snapshot), recorder, control);
            patience.persist(() -> ledger.finish(lease, outcome));
        }
    }

    private void fail(Throwable cause) {
        String reason = cause instanceof TrainingException ? cause.getMessage() : incident(cause);
        try {
            patience.persist(() -> ledger.fail(lease, reason, cause instanceof NoCheckpointException));
        } catch (LeaseLostException e) {
            // most likely because of that: what a cancelled run still needs is taken away from it
            log.debug("An attempt that is over has failed: {}", reason);
            lost(e);
            return;
        }
        if (cause instanceof TrainingException) {
            log.warn("Run {} of experiment {} failed: {}", lease.runId(), lease.experimentId(), reason);
        }
    }

    private String incident(Throwable cause) {
        String incident = UUID.randomUUID().toString().substring(0, 8);
        String reason = (cause instanceof Error error ? FatalError.explain(error) : "an unexpected error")
                + "; see incident " + incident + " in its worker's log";
        log.error("Run {} failed, incident {}: {}", lease.runId(), incident, reason, cause);
        return reason;
    }

    private void lost(LeaseLostException e) {
        telemetry.tell(new WorkerEvent.LeaseLost());
        log.info("Stopped training: {}", e.getMessage());
    }

    private void deleteOldCheckpoints() {
        patience.persist(() -> checkpoints.keepOnly(lease, ledger.checkpoints(lease.runId())));
    }
}
