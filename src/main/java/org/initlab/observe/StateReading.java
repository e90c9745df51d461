package org.initlab.observe;

import java.util.List;
import java.util.Map;

/**
 * The state of all experiments, runs and workers at one moment.
 *
 * @param values of the gauges whose labels are known in advance; those left out are 0
 * @param live by gauge, where the arms of the running experiments stand after their last epochs
 */
record StateReading(Map<Key, Double> values, Map<String, List<ArmValue>> live) {

    /** A gauge and the value of its one label, empty if it has none. */
    record Key(String gauge, String label) {}

    /**
     * A quantity of an arm.
     *
     * @param experiment its name
     * @param value NaN if it is not finite or was not measured
     */
    record ArmValue(String experiment, String arm, double value) {}

    double value(String gauge, String label) {
        return values.getOrDefault(new Key(gauge, label), 0.0);
    }

    List<ArmValue> live(String gauge) {
        return live.getOrDefault(gauge, List.of());
    }
}
