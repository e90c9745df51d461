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
 * @param ciLow lower end of Student's 95 % interval of the mean, cut where no mean can lie; {@code null} with fewer than two values
 * @param ciHigh its upper end
 */
public record Summary(Double mean, Double std, Double ciLow, Double ciHigh) {
    private static final double UPPER_TAIL = 0.025;

    /** Student's by number of values: found by iteration, and asked for at every epoch of every arm. */
    private static final Map<Integer, Double> QUANTILES = new ConcurrentHashMap<>();

    /**
     * Summarises finite values of a quantity. The interval is cut at what the quantity can be: the true mean lies within those
     * bounds, so the rest covers it just as often.
     */
    public static Summary of(double[] values, Quantity quantity) {
        return of(values).within(0, quantity.most());
    }

    /** Summarises finite values that may be any. */
    public static Summary of(double[] values) {
        int n = values.length;
        if (n == 0) {
            return new Summary(null, null, null, null);
        }
        // a sum's rounding would make equal values vary
        boolean equal = Arrays.stream(values).allMatch(value -> value == values[0]);
        double mean = equal ? values[0] : Arrays.stream(values).sum() / n;
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

    /** The same with the interval cut to two bounds, between which the mean lies. */
    public Summary within(double least, double most) {
        return ciLow == null ? this : new Summary(mean, std, Math.max(least, ciLow), Math.min(most, ciHigh));
    }

    private static double quantile(int n) {
        return TDistribution.of(n - 1).inverseSurvivalProbability(UPPER_TAIL);
    }
}
