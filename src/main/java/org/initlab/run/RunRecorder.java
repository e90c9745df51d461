package org.initlab.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.initlab.platform.DatabaseOutage;
import org.initlab.training.EpochResult;
import org.initlab.training.Phase;
import org.initlab.training.Snapshot;
import org.initlab.training.StepLosses;
import org.initlab.training.TrainingListener;
import org.initlab.training.data.DatasetSummary;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stores what the training reports: the checkpoint's file first, then everything else in one transaction. */
class RunRecorder implements TrainingListener, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(RunRecorder.class);

    private final RunLedger ledger;
    private final CheckpointStore checkpoints;
    private final RunControl control;
    private final OutagePatience patience;
    private final Lease lease;
    private final Telemetry telemetry;
    private final EpochObservations epochs;

    @Nullable
    private CheckpointRef newest;

    private boolean isUntouched = true;

    /**
     * Records an attempt.
     *
     * @param resumed the checkpoint that the attempt continues from, if any
     */
    RunRecorder(
            RunLedger ledger,
            CheckpointStore checkpoints,
            RunControl control,
            OutagePatience patience,
            Lease lease,
            Telemetry telemetry,
            @Nullable CheckpointRef resumed) {
        this.ledger = ledger;
        this.checkpoints = checkpoints;
        this.control = control;
        this.patience = patience;
        this.lease = lease;
        this.telemetry = telemetry;
        epochs = telemetry.epochs(lease);
        newest = resumed;
    }

    @Override
    public void networkRead(String file, String sha256) {
        patience.persist(() -> ledger.networkRead(lease, file, sha256));
    }

    @Override
    public void started(DatasetSummary dataset, double biasValue) {
        patience.persist(() -> ledger.started(lease, dataset, biasValue));
        epochs.begin();
    }

    /** Does not wait for an unavailable database: the next report will do. */
    @Override
    public void preparing(int rowsDone, int rowsTotal) {
        try {
            ledger.preparing(lease, new Preparing(rowsDone, rowsTotal));
        } catch (RuntimeException e) {
            if (!DatabaseOutage.isCauseOf(e)) {
                throw e;
            }
            log.debug("The progress of decoding is not told: the database is unavailable");
        }
    }

    @Override
    public void dataRead(DatasetSummary dataset) {
        patience.persist(() -> ledger.dataRead(lease, dataset));
    }

    @Override
    public void epochTimed(Map<Phase, Duration> phases) {
        telemetry.tell(new WorkerEvent.EpochTimed(phases));
    }

    @Override
    public void epochFinished(EpochResult result, StepLosses steps, Supplier<Snapshot> snapshot) {
        CheckpointRef checkpoint = write(snapshot.get());
        List<CheckpointRef> kept = new ArrayList<>();
        telemetry.observe(
                "initlab.commit",
                () -> patience.persist(() -> kept.addAll(ledger.commit(lease, result, steps, checkpoint))));
        checkpoints.keepOnly(lease, kept);
        control.checkpointed();
        epochs.next();
    }

    /** Does not wait for an unavailable database: the next checkpoint will do. */
    @Override
    public void checkpoint(Snapshot snapshot) {
        boolean isStored = newest != null && newest.isOf(snapshot);
        if (isStored && isUntouched) {
            // before the first step of the attempt; the checkpoint that is due is the one after it
            isUntouched = false;
            return;
        }
        CheckpointRef checkpoint = isStored ? newest : write(snapshot);
        try {
            checkpoints.keepOnly(lease, ledger.commit(lease, checkpoint));
        } catch (RuntimeException e) {
            if (!DatabaseOutage.isCauseOf(e)) {
                throw e;
            }
            log.warn("The checkpoint {} does not count: the database is unavailable", checkpoint);
        }
        control.checkpointed();
    }

    private CheckpointRef write(Snapshot snapshot) {
        CheckpointRef checkpoint = telemetry.observe("initlab.checkpoint", () -> checkpoints.write(lease, snapshot));
        telemetry.tell(new WorkerEvent.CheckpointWritten(checkpoints.size(checkpoint)));
        newest = checkpoint;
        isUntouched = false;
        return checkpoint;
    }

    @Override
    public void close() {
        epochs.close();
    }
}
