package org.initlab.analysis;

import org.apache.commons.statistics.distribution.TDistribution;

/** How often a two-sided paired t test at 5 % finds a true difference, by the noncentral t distribution (Cohen 1988). */
final class PairedPower {
    private static final int FEWEST_PAIRS = 3;
    private static final double WANTED = 0.8;
    private static final double TAIL = 0.025;

    /** The normal distribution's quantiles of 0.975 and 0.8 together: what the test would need if the deviation were known. */
    private static final double KNOWN_DEVIATION = 1.959963984540054 + 0.8416212335729143;

    private static final double MOST_PAIRS = 1e12;

    /** Above it the power is 1 to the last digit. */
    private static final double MOST_NONCENTRALITY = 37;

    private PairedPower() {}

    /**
     * The smallest number of pairs, at least 3, with which a true difference is found with power 0.8.
     *
     * @param difference above 0
     * @param deviation the standard deviation of the paired differences
     * @return {@code null} if the deviation is 0, or for more than 10¹² pairs
     */
    static Long trialsNeeded(double difference, double deviation) {
        double effect = difference / deviation;
        double least = KNOWN_DEVIATION / effect * (KNOWN_DEVIATION / effect);
        if (deviation == 0 || !(least < MOST_PAIRS)) {
            return null;
        }
        long enough = Math.max(FEWEST_PAIRS, (long) least);
        long tooFew = enough - 1;
        for (long step = 1; power(effect, enough) < WANTED; step *= 2) {
            tooFew = enough;
            enough += step;
        }
        while (enough - tooFew > 1 && enough > FEWEST_PAIRS) {
            long middle = (tooFew + enough) / 2;
            if (power(effect, middle) < WANTED) {
                tooFew = middle;
            } else {
                enough = middle;
            }
        }
        return enough;
    }

    /**
     * The power.
     *
     * @param effect Cohen's d of the pairs: the true difference divided by the standard deviation; above 0
     * @param pairs at least 3
     */
    static double power(double effect, long pairs) {
        double noncentrality = effect * Math.sqrt((double) pairs);
        if (noncentrality > MOST_NONCENTRALITY) {
            return 1;
        }
        double degrees = (double) pairs - 1;
        double critical = TDistribution.of(degrees).inverseSurvivalProbability(TAIL);
        double above = 1 - NoncentralT.cumulative(critical, degrees, noncentrality);
        double below = 1 - NoncentralT.cumulative(critical, degrees, -noncentrality);
        return above + below;
    }
}
