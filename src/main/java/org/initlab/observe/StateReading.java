package org.initlab.observe;

import java.util.List;
import java.util.Map;

/**
 * The state of all experiments, runs and workers at one moment.
 *
 * @param values of the gauges whose labels are known in advance; those left out are 0
 * @param curves the last epochs of the running experiments' arms
 */
record StateReading(Map<Key, Double> values, List<Curve> curves) {

    /** A gauge and the value of its one label, empty if it has none. */
    record Key(String gauge, String label) {}

    /**
     * The last epoch of an arm.
     *
     * @param experiment its name
     * @param epoch 0 is the model before its first step
     * @param loss on the test split; NaN if it is not finite, like all of them
     */
    record Curve(
            String experiment,
            String arm,
            int epoch,
            double loss,
            double objective,
            double rocAuc,
            double meanProbability,
            double ece,
            double outputBias) {}

    double value(String gauge, String label) {
        return values.getOrDefault(new Key(gauge, label), 0.0);
    }
}
