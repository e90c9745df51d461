package org.initlab.analysis;

import org.apache.commons.statistics.distribution.TDistribution;

/**
 * How far from the mean a {@link ConfidenceSequence} reaches: Lai's (1976) for a normal distribution of unknown variance, as Wang and
 * Ramdas state it (<a href="https://arxiv.org/abs/2310.03722">arXiv 2310.03722</a>).
 *
 * <p>Among n values with the mean x̄ and the mean squared deviation s², a mean μ is kept while n⁻¹ᐟ²(1 + (x̄ − μ)²/s²)ⁿᐟ² is below
 * what it is for |t| = a at the first look, after m values. That number compares two likelihoods of the values, both mixed over the
 * scale: under all standardised distances from μ, each as likely as the next, and under μ itself. It is a martingale if μ is true, so
 * by Ville's inequality from the first look on, μ is lost at that look or any later one with probability 2(1 − F(a) + a f(a)), where
 * F and f are Student's with m − 1 degrees of freedom. a is such that this is the error.
 *
 * <p>Nothing in it has to be tuned. A normal mixture over means in place of the flat one, with the same start, is narrower by 6 % or
 * less after 20 to 50 values, and wider after fewer, where an experiment that is clear could already stop.
 */
final class SequenceBound {
    private final int firstLook;
    private final double logThreshold;

    /**
     * For looks that begin after some values.
     *
     * @param firstLook how many, at least 2
     * @param error the probability that the true mean is ever outside, in (0, 1)
     */
    SequenceBound(int firstLook, double error) {
        this.firstLook = firstLook;
        double a = quantile(firstLook - 1.0, error);
        logThreshold = firstLook * Math.log1p(a * a / (firstLook - 1)) - Math.log(firstLook);
    }

    /** The a of the class's description, by bisection to the last digit. */
    private static double quantile(double degrees, double error) {
        TDistribution student = TDistribution.of(degrees);
        double low = 0;
        double high = 1;
        while (error(student, high) > error) {
            low = high;
            high *= 2;
        }
        for (double middle = (low + high) / 2; middle > low && middle < high; middle = (low + high) / 2) {
            if (error(student, middle) > error) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }

    private static double error(TDistribution student, double a) {
        return 2 * (student.survivalProbability(a) + a * student.density(a));
    }

    /**
     * Half the width after n values.
     *
     * @param squares the sum of their squared deviations from their mean
     * @return infinite before the first look
     */
    double half(int n, double squares) {
        return n < firstLook
                ? Double.POSITIVE_INFINITY
                : Math.sqrt(squares / n * Math.expm1((logThreshold + Math.log(n)) / n));
    }
}
