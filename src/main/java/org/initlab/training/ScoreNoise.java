package org.initlab.training;

import org.initlab.training.spec.Precision;

/**
 * What rounding within a network may add to its scores. A score is the head's sum plus its bias, so it is rounded at the size of the
 * larger of the two, and the layers before it round as well.
 *
 * <p>The numbers of steps were measured: with the same weights, a row's scores in batches of 1 to 250 rows differed by 1 step of single
 * precision as a rule (standard deviation), by 6 in one state of twenty, and by 15 at most. In bfloat16 it was up to 1.2 of its much
 * larger steps, as sums are in single precision there.
 *
 * @param bias of the head
 * @param precision in which the network is computed
 */
public record ScoreNoise(float bias, Precision precision) {
    private static final int FLOAT32_STEPS = 16;
    private static final int BFLOAT16_STEPS = 2;
    /** A float32 has so many more bits than a bfloat16, all of them in the fraction. */
    private static final int BITS_CUT = 16;

    /** How far from a score another may be for rounding to have decided which is higher; 0 of one that is infinite. */
    double around(float score) {
        float size = Math.max(Math.abs(score), Math.abs(bias));
        return Float.isInfinite(size) ? 0 : steps() * Math.ulp(size);
    }

    private double steps() {
        return switch (precision) {
            case FLOAT32 -> FLOAT32_STEPS;
            case BFLOAT16 -> (double) (BFLOAT16_STEPS << BITS_CUT);
        };
    }
}
