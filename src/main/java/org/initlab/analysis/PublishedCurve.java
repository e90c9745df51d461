package org.initlab.analysis;

/**
 * An arm's means as published by someone else.
 *
 * @param loss in nats, by epoch from 0; NaN where it was not published
 * @param rocAuc in [0, 1], likewise
 */
public record PublishedCurve(double[] loss, double[] rocAuc) {
    private static final double[] NONE = {};

    /** How many epochs it spans. */
    int epochs() {
        return Math.max(loss.length, rocAuc.length);
    }

    /** By epoch from 0, NaN where there is no value; empty if the quantity was not published. */
    public double[] of(Quantity quantity) {
        return switch (quantity) {
            case LOSS -> loss;
            case ROC_AUC -> rocAuc;
            default -> NONE;
        };
    }
}
