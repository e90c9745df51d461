package org.initlab.bench;

import org.apache.commons.statistics.descriptive.Quantile;

/** How long answers took, in milliseconds, in any order. */
record Latencies(double[] millis) {
    double median() {
        return Quantile.withDefaults().withCopy(true).evaluate(millis, 0.5);
    }

    double p99() {
        return Quantile.withDefaults().withCopy(true).evaluate(millis, 0.99);
    }
}
