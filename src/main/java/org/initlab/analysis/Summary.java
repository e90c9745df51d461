package org.initlab.analysis;

import java.util.Arrays;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * Mean and spread of one quantity over the trials.
 *
 * @param mean the arithmetic mean; {@code null} without values
 * @param std the sample's standard deviation, divided by n − 1; {@code null} below two values
 * @param ciLow lower end of Student's 95 % interval of the mean; {@code null} below two values
 * @param ciHigh its upper end
 */
public record Summary(Double mean, Double std, Double ciLow, Double ciHigh) {
    private static final double UPPER_TAIL = 0.025;

    /** Summarises finite values. */
    public static Summary of(double[] values) {
        int n = values.length;
        if (n == 0) {
            return new Summary(null, null, null, null);
        }
        double mean = Arrays.stream(values).sum() / n;
        if (n == 1) {
            return new Summary(mean, null, null, null);
        }
        double squares = Arrays.stream(values)
                .map(value -> (value - mean) * (value - mean))
                .sum();
        double std = Math.sqrt(squares / (n - 1));
        double half = TDistribution.of(n - 1).inverseSurvivalProbability(UPPER_TAIL) * std / Math.sqrt(n);
        return new Summary(mean, std, mean - half, mean + half);
    }
}
