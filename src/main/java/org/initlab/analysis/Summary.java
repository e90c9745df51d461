package org.initlab.analysis;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * Mean and spread of one quantity over the trials.
 *
 * @param mean the arithmetic mean; {@code null} without values
 * @param std the sample standard deviation, with n − 1 in the denominator; {@code null} with fewer than two values
 * @param ciLow lower end of Student's 95 % interval of the mean; {@code null} with fewer than two values
 * @param ciHigh its upper end
 */
public record Summary(Double mean, Double std, Double ciLow, Double ciHigh) {
    private static final double UPPER_TAIL = 0.025;

    /** Student's by number of values: found by iteration, and asked for at every epoch of every arm. */
    private static final Map<Integer, Double> QUANTILES = new ConcurrentHashMap<>();

    /** Summarises finite values. */
    public static Summary of(double[] values) {
        int n = values.length;
        if (n == 0) {
            return new Summary(null, null, null, null);
        }
        double mean = Arrays.stream(values).sum() / n;
        double squares = Arrays.stream(values)
                .map(value -> (value - mean) * (value - mean))
                .sum();
        return of(n, mean, n == 1 ? null : (Double) Math.sqrt(squares / (n - 1)));
    }

    /** From the number of values, at least 1, their mean and, if there are two or more, their standard deviation. */
    public static Summary of(int n, double mean, Double std) {
        if (n == 1) {
            return new Summary(mean, null, null, null);
        }
        double half = QUANTILES.computeIfAbsent(n, Summary::quantile) * std / Math.sqrt(n);
        return new Summary(mean, std, mean - half, mean + half);
    }

    private static double quantile(int n) {
        return TDistribution.of(n - 1).inverseSurvivalProbability(UPPER_TAIL);
    }
}
