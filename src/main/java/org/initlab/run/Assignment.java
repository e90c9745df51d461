package org.initlab.run;

import java.util.Optional;
import org.initlab.training.TrainingPlan;

/**
 * What a worker is to do.
 *
 * @param lease its right to write
 * @param plan what to train
 * @param threads PyTorch's intra-op threads, the same for every attempt
 * @param checkpoint where to go on from; empty to begin
 */
record Assignment(Lease lease, TrainingPlan plan, int threads, Optional<CheckpointRef> checkpoint) {}
