package org.initlab.analysis;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.apache.commons.statistics.descriptive.Quantile;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * The bias-corrected and accelerated bootstrap of a mean (Efron 1987), over {@value #RESAMPLES} resamples.
 *
 * <p>The resamples depend only on the sample's size, so an interval is the same whenever it is computed, and the
 * intervals of several epochs, which have the same trials, use the same resamples of trials.
 */
final class Bootstrap {
    static final int RESAMPLES = 10_000;
    static final double LOWER_TAIL = 0.025;

    private static final long SEED = 0x1417_1AB5L;
    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);
    private static final Quantile QUANTILE =
            Quantile.withDefaults().with(Quantile.EstimationMethod.HF7).withCopy(false);

    /** By sample size: how often each value is in each resample, one array per value so that sums run along arrays. */
    private final Map<Integer, double[][]> counts = new ConcurrentHashMap<>();

    /** A 95 % interval; its ends are {@code null} if it is not defined, as for values that are all equal. */
    record Interval(Double low, Double high) {}

    Interval interval(double[] values) {
        return interval(values, resampledMeans(values));
    }

    /** The mean of each resample, in a new array. */
    double[] resampledMeans(double[] values) {
        double[][] count = counts.computeIfAbsent(values.length, Bootstrap::draw);
        double[] sums = new double[RESAMPLES];
        for (int i = 0; i < values.length; i++) {
            add(sums, count[i], values[i]);
        }
        for (int resample = 0; resample < sums.length; resample++) {
            sums[resample] /= values.length;
        }
        return sums;
    }

    private static void add(double[] sums, double[] count, double value) {
        for (int resample = 0; resample < sums.length; resample++) {
            sums[resample] += count[resample] * value;
        }
    }

    private static double[][] draw(int size) {
        UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(SEED + size);
        double[][] count = new double[size][RESAMPLES];
        for (int resample = 0; resample < RESAMPLES; resample++) {
            for (int draw = 0; draw < size; draw++) {
                count[random.nextInt(size)][resample]++;
            }
        }
        return count;
    }

    /**
     * The interval from given resamples, as {@code scipy.stats.bootstrap(method='BCa')} computes it.
     *
     * @param values the sample, at least two
     * @param means the resamples' means; they are reordered
     */
    static Interval interval(double[] values, double[] means) {
        double mean = mean(values);
        double bias = NORMAL.inverseCumulativeProbability(rank(means, mean));
        double acceleration = acceleration(values, mean);
        double tail = NORMAL.inverseCumulativeProbability(LOWER_TAIL);
        double low = corrected(bias, acceleration, tail);
        double high = corrected(bias, acceleration, -tail);
        if (Double.isNaN(low) || Double.isNaN(high)) {
            return new Interval(null, null);
        }
        double[] ends = QUANTILE.evaluate(means, low, high);
        return new Interval(ends[0], ends[1]);
    }

    /** Summed in the same order as the resamples, so that one that equals the sample ties with it. */
    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    /** The share of resamples below the sample's mean, ties counted half. */
    private static double rank(double[] means, double mean) {
        int below = 0;
        int atMost = 0;
        for (double resampled : means) {
            below += resampled < mean ? 1 : 0;
            atMost += resampled <= mean ? 1 : 0;
        }
        return (below + atMost) / (2.0 * means.length);
    }

    /** A sixth of the skewness of the jackknife's influence values, which for a mean are the deviations from it. */
    private static double acceleration(double[] values, double mean) {
        double squares = 0;
        double cubes = 0;
        for (double value : values) {
            double deviation = value - mean;
            squares += deviation * deviation;
            cubes += deviation * deviation * deviation;
        }
        return cubes / (6 * Math.pow(squares, 1.5));
    }

    private static double corrected(double bias, double acceleration, double tail) {
        double shifted = bias + tail;
        return NORMAL.cumulativeProbability(bias + shifted / (1 - acceleration * shifted));
    }
}
