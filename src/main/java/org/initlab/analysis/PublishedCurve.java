package org.initlab.analysis;

/**
 * An arm's means as someone else has published them.
 *
 * @param loss in nats, by epoch from 0
 * @param rocAuc in [0, 1], as long as {@code loss}
 */
public record PublishedCurve(double[] loss, double[] rocAuc) {}
