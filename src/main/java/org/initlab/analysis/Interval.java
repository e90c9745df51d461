package org.initlab.analysis;

import org.apache.commons.statistics.distribution.TDistribution;

/**
 * An interval of the mean of paired differences.
 *
 * @param level the chance with which it covers the true mean: 0.95 for a single arm, and more for several, so that all of
 *     them together keep it (Bonferroni)
 * @param low its lower end; {@code null} with too few pairs for an interval
 * @param high its upper end
 */
public record Interval(double level, Double low, Double high) {
    private static final double ERROR = 0.05;

    /**
     * Student's, from finite differences; it takes two.
     *
     * @param arms how many are compared with the baseline
     */
    static Interval of(double[] differences, int arms) {
        double error = ERROR / arms;
        Summary summary = Summary.of(differences);
        if (summary.std() == null) {
            return new Interval(1 - error, null, null);
        }
        int n = differences.length;
        double half = TDistribution.of(n - 1.0).inverseSurvivalProbability(error / 2) * summary.std() / Math.sqrt(n);
        return new Interval(1 - error, summary.mean() - half, summary.mean() + half);
    }

    /** Without what lies beyond ±{@code most}, where no mean difference can. */
    Interval within(double most) {
        return low == null ? this : new Interval(level, Math.max(-most, low), Math.min(most, high));
    }

    /** Whether all of it is nearer to 0 than a margin. */
    boolean liesWithin(double margin) {
        return low != null && low > -margin && high < margin;
    }

    /** Whether all of it is below (−1) or above (1) 0. */
    boolean isBeyondZero(int direction) {
        return isBeyond(0, direction);
    }

    /** Whether all of it is further from 0 than a margin, on the side of {@code direction}. */
    boolean isBeyond(double margin, int direction) {
        return low != null && (direction < 0 ? high < -margin : low > margin);
    }
}
