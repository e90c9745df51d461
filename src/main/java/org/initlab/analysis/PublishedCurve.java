package org.initlab.analysis;

/**
 * An arm's means as published by someone else.
 *
 * @param loss in nats, by epoch from 0
 * @param rocAuc in [0, 1], one per entry of {@code loss}
 */
public record PublishedCurve(double[] loss, double[] rocAuc) {
    private static final double[] NONE = {};

    /** By epoch from 0; empty if the quantity was not published. */
    public double[] of(Quantity quantity) {
        return switch (quantity) {
            case LOSS -> loss;
            case ROC_AUC -> rocAuc;
            default -> NONE;
        };
    }
}
