package org.initlab.analysis;

/**
 * What one run has measured so far.
 *
 * @param trial the index that pairs it with the other arms' runs
 * @param fate where it stands
 * @param loss mean binary cross-entropy on the test split in nats, by epoch from 0; {@code NaN} where it is not finite
 * @param rocAuc in [0, 1], as long as {@code loss}; {@code NaN} where it is not defined
 */
public record TrialCurve(int trial, Fate fate, double[] loss, double[] rocAuc) {
    /** How a run ended, if it did. */
    public enum Fate {
        OPEN,
        COMPLETED,
        FAILED,
        CANCELLED,
        DIVERGED
    }

    int epochs() {
        return loss.length;
    }
}
