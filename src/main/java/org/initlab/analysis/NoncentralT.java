package org.initlab.analysis;

import org.apache.commons.statistics.distribution.BetaDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;

/** The noncentral t distribution, by the series of Lenth (1989), algorithm AS 243. */
final class NoncentralT {
    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);
    private static final double ENOUGH = 1e-15;

    private NoncentralT() {}

    /**
     * The probability of a value of at most {@code t}.
     *
     * @param t at least 0
     * @param degrees of freedom, above 0
     * @param noncentrality of either sign, at most 37 in size: beyond, the series' first term is 0
     */
    static double cumulative(double t, double degrees, double noncentrality) {
        double x = t * t / (degrees + t * t);
        double half = noncentrality * noncentrality / 2;
        double even = Math.exp(-half);
        double odd = noncentrality * even * Math.sqrt(2 / Math.PI);
        double sum = 0;
        // the weights are those of Poisson distributions about half, and fall from there on
        for (int j = 0; j <= half || even + Math.abs(odd) > ENOUGH; j++) {
            sum += even * beta(x, j + 0.5, degrees / 2) + odd * beta(x, j + 1, degrees / 2);
            even *= half / (j + 1);
            odd *= half / (j + 1.5);
        }
        return NORMAL.cumulativeProbability(-noncentrality) + sum / 2;
    }

    /** The regularised incomplete beta function. */
    private static double beta(double x, double a, double b) {
        return BetaDistribution.of(a, b).cumulativeProbability(x);
    }
}
