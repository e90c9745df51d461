package org.initlab.training.objective;

import com.fasterxml.jackson.annotation.JsonTypeName;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;

/**
 * Binary cross-entropy.
 *
 * @param positiveWeight how much a positive row counts, a negative one counting 1; 1 unless given
 * @param labelSmoothing s, in [0, 1]: the label y counts as y (1 − s) + s / 2; 0 unless given
 */
@JsonTypeName("bce")
public record CrossEntropyLoss(
        @Valid PositiveWeight positiveWeight, @DecimalMin("0") @DecimalMax("1") Double labelSmoothing)
        implements LossSpec {
    public CrossEntropyLoss {
        positiveWeight = positiveWeight == null ? PositiveWeight.ONE : positiveWeight;
        labelSmoothing = labelSmoothing == null ? 0.0 : labelSmoothing;
    }

    /** The reference experiment's loss: neither weighted nor smoothed. */
    public CrossEntropyLoss() {
        this(null, null);
    }

    @Override
    public Objective on(double positiveRate) {
        double weight = positiveWeight.on(positiveRate);
        return weight == 1 && labelSmoothing == 0
                ? new BinaryCrossEntropy()
                : new WeightedCrossEntropy(weight, labelSmoothing);
    }
}
