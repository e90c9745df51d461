package org.initlab.bench;

import java.util.List;
import org.apache.commons.statistics.descriptive.Median;

/** The middle of several rounds. */
final class Medians {
    private Medians() {}

    static double of(List<Double> values) {
        return Median.withDefaults()
                .evaluate(values.stream().mapToDouble(Double::doubleValue).toArray());
    }
}
