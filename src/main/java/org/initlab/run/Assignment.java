package org.initlab.run;

import java.util.List;
import org.initlab.training.spec.TrainingPlan;

/**
 * What a worker is to do.
 *
 * @param lease its right to write
 * @param plan what to train
 * @param threads PyTorch's intra-op threads, the same for every attempt
 * @param checkpoints where to continue from, newest first; empty for a run that has none
 * @param mayRestart whether to begin at epoch 0 if none of them can be read
 * @param afterCrash whether the worker before this one died or was cut off
 */
record Assignment(
        Lease lease,
        TrainingPlan plan,
        int threads,
        List<CheckpointRef> checkpoints,
        boolean mayRestart,
        boolean afterCrash) {}
