package org.initlab.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.initlab.platform.DatabaseOutage;
import org.initlab.training.Outcome;
import org.initlab.training.Snapshot;
import org.initlab.training.Trainer;
import org.initlab.training.spec.TrainingException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One attempt of a worker at a run: goes on from the last good checkpoint, trains, and records how it ended. */
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
            Telemetry telemetry) {
        this.ledger = ledger;
        this.checkpoints = checkpoints;
        this.trainer = trainer;
        this.work = work;
        this.control = control;
        this.telemetry = telemetry;
        lease = work.lease();
        patience = new OutagePatience(control::isShuttingDown);
    }

    /**
     * Trains to the end, or as long as the control wants.
     *
     * @throws RuntimeException where the database is away as the process shuts down
     */
    void perform() {
        try (RunRecorder recorder = new RunRecorder(ledger, checkpoints, control, lease, telemetry)) {
            Outcome outcome = trainer.train(work.plan(), work.threads(), resume(), recorder, control);
            patience.persist(() -> ledger.finish(lease, outcome));
        } catch (LeaseLostException e) {
            telemetry.tell(new WorkerEvent.LeaseLost());
            log.info("Stopped training: {}", e.getMessage());
        } catch (RuntimeException e) {
            if (DatabaseOutage.isCauseOf(e)) {
                throw e;
            }
            fail(e);
        } catch (Error e) {
            // reported at once: the next attempt would meet it too
            fail(e);
        }
        tidy();
    }

    /** The newest checkpoint that can be read; an older one is never taken in silence. */
    private Optional<Snapshot> resume() {
        List<CheckpointRef> unreadable = new ArrayList<>();
        List<String> reasons = new ArrayList<>();
        for (CheckpointRef checkpoint : work.checkpoints()) {
            try {
                Snapshot snapshot = checkpoints.read(checkpoint);
                if (!unreadable.isEmpty()) {
                    fallBack(unreadable, Optional.of(checkpoint), String.join("; ", reasons));
                }
                return Optional.of(snapshot);
            } catch (UnreadableCheckpointException e) {
                unreadable.add(checkpoint);
                reasons.add("the checkpoint " + checkpoint + " " + e.getMessage());
            }
        }
        if (!unreadable.isEmpty()) {
            beginAgain(unreadable, String.join("; ", reasons));
        }
        return Optional.empty();
    }

    private void beginAgain(List<CheckpointRef> unreadable, String reasons) {
        if (!work.mayRestart()) {
            throw new NoCheckpointException(
                    reasons
                            + ": there is no other; bring the checkpoint folder back, or retry as it is to begin this run again");
        }
        fallBack(unreadable, Optional.empty(), reasons);
    }

    private void fallBack(List<CheckpointRef> unreadable, Optional<CheckpointRef> resumed, String reasons) {
        String warning = reasons + "; the run went on from "
                + resumed.map(checkpoint -> "the one " + checkpoint).orElse("the beginning");
        log.warn("Run {}: {}", lease.runId(), warning);
        patience.persist(() -> ledger.fellBack(lease, unreadable, resumed, warning));
    }

    private void fail(Throwable cause) {
        String reason;
        if (cause instanceof TrainingException) {
            reason = cause.getMessage();
            log.warn("Run {} of experiment {} failed: {}", lease.runId(), lease.experimentId(), reason);
        } else {
            String incident = UUID.randomUUID().toString().substring(0, 8);
            reason = (cause instanceof Error error ? FatalError.explain(error) : "an unexpected error")
                    + "; its worker's log has it as incident " + incident;
            log.error("Run {} failed, incident {}: {}", lease.runId(), incident, reason, cause);
        }
        try {
            patience.persist(() -> ledger.fail(lease, reason, cause instanceof NoCheckpointException));
        } catch (LeaseLostException e) {
            telemetry.tell(new WorkerEvent.LeaseLost());
            log.info("Its failure is not recorded: {}", e.getMessage());
        }
    }

    private void tidy() {
        patience.persist(() -> {
            List<CheckpointRef> committed = ledger.checkpoints(lease.runId());
            checkpoints.keepOnly(lease, committed);
        });
    }

    /** None of the run's checkpoints can be read. */
    private static final class NoCheckpointException extends TrainingException {
        NoCheckpointException(String message) {
            super(message);
        }
    }
}
