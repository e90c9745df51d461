package org.initlab.training.spec;

import org.initlab.training.objective.Objective;

/**
 * What is known of a run's data and objective before there is a network.
 *
 * @param positiveRate the training split's share of positives, in (0, 1)
 * @param drawnRate the share of positives among the rows that an epoch draws, in (0, 1)
 * @param objective what training minimises
 */
public record Prior(double positiveRate, double drawnRate, Objective objective) {

    /**
     * What a split comes to under a spec.
     *
     * @param rows the training split's
     */
    public static Prior of(TrainingSpec training, double positiveRate, int rows) {
        return new Prior(
                positiveRate,
                training.sampling().drawnRate(positiveRate, rows),
                training.loss().on(positiveRate));
    }
}
