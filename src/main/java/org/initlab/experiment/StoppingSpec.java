package org.initlab.experiment;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Positive;
import org.hibernate.validator.constraints.Range;
import org.initlab.analysis.SequentialDesign;
import org.initlab.queue.RunQueue;
import org.jspecify.annotations.Nullable;

/**
 * When an experiment stops before all its trials: once every arm is known to differ from the baseline in the last epoch's loss, or to
 * do so by less than a margin.
 *
 * @param margin the smallest difference of the losses that matters, in nats; {@code null} for 5 % of the test split's entropy
 * @param minTrials pairs of an arm and the baseline before the arm is looked at; 5 unless given
 * @param alpha the chance that what is said of any arm is wrong; 0.05 unless given
 */
public record StoppingSpec(
        @Positive(message = "must be above 0") @DecimalMax("1000") @Nullable Double margin,
        @Range(min = 3, max = RunQueue.MAX_TRIALS) Integer minTrials,
        @DecimalMin("0.0001") @DecimalMax("0.5") Double alpha) {

    public StoppingSpec {
        minTrials = minTrials == null ? 5 : minTrials;
        alpha = alpha == null ? 0.05 : alpha;
    }

    /** How it looks at the differences. */
    public SequentialDesign design() {
        return new SequentialDesign(minTrials, alpha);
    }
}
