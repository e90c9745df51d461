package org.initlab.analysis;

/**
 * What one run has measured so far.
 *
 * @param trial the index that pairs it with the other arms' runs
 * @param fate how it ended, if it did
 * @param loss mean binary cross-entropy on the test split in nats, by epoch from 0; {@code NaN} if it is not finite
 * @param rocAuc in [0, 1], one per entry of {@code loss}; {@code NaN} if it is not defined
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
