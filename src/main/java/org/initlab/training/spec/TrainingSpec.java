package org.initlab.training.spec;

import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import org.hibernate.validator.constraints.Range;
import org.initlab.training.objective.CrossEntropyLoss;
import org.initlab.training.objective.LossSpec;

/**
 * How long a run trains, in which batches, and by which rule.
 *
 * @param epochs passes over the training split, 0 to 1000
 * @param batchSize rows per step; the last batch of an epoch may be smaller, as with PyTorch's {@code DataLoader}
 * @param shuffle whether each epoch has its own order of rows, drawn from the trial's seed; balanced sampling always has
 * @param sampling which rows an epoch trains on
 * @param optimizer the update rule
 * @param schedule the course of the learning rate
 * @param clipGradientNorm the largest norm of all gradients together, to which they are scaled down as by
 *     {@code clip_grad_norm_}; {@code null} for any
 * @param loss what is minimised
 * @param precision the floating-point type of the network's large operations
 */
public record TrainingSpec(
        @Range(min = 0, max = 1000) Integer epochs,
        @Range(min = 1, max = 65_536) Integer batchSize,
        Boolean shuffle,
        Sampling sampling,
        @Valid OptimizerSpec optimizer,
        @Valid ScheduleSpec schedule,
        @DecimalMin(value = "0", inclusive = false) @DecimalMax("1000000") Double clipGradientNorm,
        @Valid LossSpec loss,
        Precision precision) {
    public TrainingSpec {
        epochs = epochs == null ? 5 : epochs;
        batchSize = batchSize == null ? 64 : batchSize;
        shuffle = shuffle == null ? Boolean.TRUE : shuffle;
        sampling = sampling == null ? Sampling.NATURAL : sampling;
        optimizer = optimizer == null ? new OptimizerSpec.Sgd() : optimizer;
        schedule = schedule == null ? new ScheduleSpec() : schedule;
        loss = loss == null ? new CrossEntropyLoss() : loss;
        precision = precision == null ? Precision.FLOAT32 : precision;
    }

    /** The rest is the reference experiment's. */
    public TrainingSpec(Integer epochs, Integer batchSize, Boolean shuffle, OptimizerSpec optimizer) {
        this(epochs, batchSize, shuffle, null, optimizer, null, null, null, null);
    }

    public TrainingSpec withEpochs(int epochs) {
        return new TrainingSpec(
                epochs, batchSize, shuffle, sampling, optimizer, schedule, clipGradientNorm, loss, precision);
    }

    /** The reference experiment's training: 5 epochs in batches of 64. */
    public TrainingSpec() {
        this(null, null, null, null);
    }
}
