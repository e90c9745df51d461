package org.initlab.run;

import java.util.function.Supplier;
import org.initlab.training.EpochResult;
import org.initlab.training.StepLosses;
import org.initlab.training.TaskSummary;
import org.initlab.training.TrainingListener;
import org.initlab.training.weights.StateDict;

/** Stores what the training reports: the checkpoint first, then all the rest in one transaction. */
class RunRecorder implements TrainingListener {
    private final RunLedger ledger;
    private final CheckpointStore checkpoints;
    private final Lease lease;

    RunRecorder(RunLedger ledger, CheckpointStore checkpoints, Lease lease) {
        this.ledger = ledger;
        this.checkpoints = checkpoints;
        this.lease = lease;
    }

    @Override
    public void started(TaskSummary task, double biasValue) {
        ledger.started(lease, task, biasValue);
    }

    @Override
    public void epochFinished(EpochResult result, StepLosses steps, Supplier<StateDict> state) {
        CheckpointRef checkpoint = checkpoints.write(lease, result.epoch(), state.get());
        ledger.commit(lease, result, steps, checkpoint);
        checkpoints.keepOnly(checkpoint);
    }
}
