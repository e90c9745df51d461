package org.initlab.run;

import java.util.List;
import org.initlab.training.spec.TrainingPlan;

/**
 * What a worker is to do.
 *
 * @param lease its right to write
 * @param plan what to train
 * @param threads PyTorch's intra-op threads, the same for every attempt
 * @param checkpoints where to go on from, the newest first; empty to begin
 * @param mayRestart whether to begin again where none of them can be read
 * @param fruitlessAttempts attempts in a row without a checkpoint, this one included
 */
record Assignment(
        Lease lease,
        TrainingPlan plan,
        int threads,
        List<CheckpointRef> checkpoints,
        boolean mayRestart,
        int fruitlessAttempts) {}
