package org.initlab.analysis;

import org.apache.commons.statistics.distribution.TDistribution;

/**
 * Whether the mean of paired differences is shown to lie within a margin, by two one-sided paired t tests (Schuirmann 1987); in an
 * experiment that may stop early, by whether its sequence lies within the margin.
 *
 * @param margin the smallest difference that matters, above 0
 * @param p the larger of the two tests' p-values; {@code null} with fewer than two pairs
 * @param shown whether p is below 0.05, or the sequence lies within the margin
 */
public record Equivalence(double margin, Double p, boolean shown) {
    private static final double LEVEL = 0.05;

    /** From finite differences. */
    static Equivalence of(double[] differences, double margin) {
        Summary summary = Summary.of(differences);
        if (summary.std() == null) {
            return new Equivalence(margin, null, false);
        }
        double p = summary.std() == 0
                ? Math.abs(summary.mean()) < margin ? 0 : 1
                : p(summary.mean(), summary.std() / Math.sqrt(differences.length), margin, differences.length);
        return new Equivalence(margin, p, p < LEVEL);
    }

    /** The same, shown by a sequence. */
    Equivalence shownBy(Interval sequence) {
        return new Equivalence(margin, p, sequence.liesWithin(margin));
    }

    private static double p(double mean, double error, double margin, int pairs) {
        TDistribution student = TDistribution.of(pairs - 1.0);
        double above = student.survivalProbability((mean + margin) / error);
        double below = student.cumulativeProbability((mean - margin) / error);
        return Math.max(above, below);
    }
}
