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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stores what the training reports: the checkpoint first, then all the rest in one transaction. */
class RunRecorder implements TrainingListener, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(RunRecorder.class);

    private final RunLedger ledger;
    private final CheckpointStore checkpoints;
    private final RunControl control;
    private final OutagePatience patience;
    private final Lease lease;
    private final Telemetry telemetry;
    private final EpochObservations epochs;

    RunRecorder(RunLedger ledger, CheckpointStore checkpoints, RunControl control, Lease lease, Telemetry telemetry) {
        this.ledger = ledger;
        this.telemetry = telemetry;
        epochs = telemetry.epochs(lease);
        this.checkpoints = checkpoints;
        this.control = control;
        this.lease = lease;
        patience = new OutagePatience(control::isShuttingDown);
    }

    @Override
    public void started(DatasetSummary task, double biasValue) {
        patience.persist(() -> ledger.started(lease, task, biasValue));
        epochs.begin();
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

    /** A checkpoint that the database cannot take is no reason to wait: the next one comes. */
    @Override
    public void checkpoint(Snapshot snapshot) {
        CheckpointRef checkpoint = write(snapshot);
        try {
            checkpoints.keepOnly(lease, ledger.commit(lease, checkpoint));
        } catch (RuntimeException e) {
            if (!DatabaseOutage.isCauseOf(e)) {
                throw e;
            }
            log.warn("The checkpoint {} does not count, as the database is away", checkpoint);
        }
        control.checkpointed();
    }

    private CheckpointRef write(Snapshot snapshot) {
        CheckpointRef checkpoint = telemetry.observe("initlab.checkpoint", () -> checkpoints.write(lease, snapshot));
        telemetry.tell(new WorkerEvent.CheckpointWritten(checkpoints.size(checkpoint)));
        return checkpoint;
    }

    @Override
    public void close() {
        epochs.close();
    }
}
