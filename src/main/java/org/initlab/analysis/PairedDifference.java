package org.initlab.analysis;

import org.apache.commons.statistics.inference.TTest;

/**
 * How a quantity differs between two arms over paired trials: the arm minus the baseline. With fewer than two pairs all
 * but their number and the mean is {@code null}; with none, the mean too.
 *
 * @param pairs trials in which both arms have the quantity
 * @param mean the mean of the differences
 * @param ciLow lower end of Student's 95 % interval of the mean
 * @param ciHigh its upper end
 * @param bootstrapLow lower end of the bias-corrected and accelerated bootstrap's 95 % interval; {@code null} if all
 *     differences are equal
 * @param bootstrapHigh its upper end
 * @param tTestP two-sided p of the paired t test; 0 if all differences are equal, {@code null} if they are 0
 * @param tTestPAdjusted the same, adjusted by Holm over all arms and the epochs compared so far
 * @param wilcoxonP two-sided p of Wilcoxon's signed-rank test; 1 if all differences are 0
 * @param wilcoxonPAdjusted the same, adjusted by Holm over all arms and the epochs compared so far
 * @param effectSize Cohen's d of the pairs: the mean divided by the differences' standard deviation; {@code null} if
 *     that is 0
 */
public record PairedDifference(
        int pairs,
        Double mean,
        Double ciLow,
        Double ciHigh,
        Double bootstrapLow,
        Double bootstrapHigh,
        Double tTestP,
        Double tTestPAdjusted,
        Double wilcoxonP,
        Double wilcoxonPAdjusted,
        Double effectSize) {
    private static final double LEVEL = 0.05;

    /** From finite differences, not adjusted yet. */
    static PairedDifference of(double[] differences, Bootstrap bootstrap) {
        PairedDifference tested = ofTTest(differences);
        if (differences.length < 2) {
            return tested;
        }
        boolean varies = tested.effectSize() != null;
        Bootstrap.Interval interval = varies ? bootstrap.interval(differences) : new Bootstrap.Interval(null, null);
        return new PairedDifference(
                tested.pairs(),
                tested.mean(),
                tested.ciLow(),
                tested.ciHigh(),
                interval.low(),
                interval.high(),
                tested.tTestP(),
                null,
                SignedRanks.p(differences),
                null,
                tested.effectSize());
    }

    /** The same without the bootstrap and Wilcoxon's test, which take long. */
    static PairedDifference ofTTest(double[] differences) {
        Summary summary = Summary.of(differences);
        boolean varies = summary.std() != null && summary.std() > 0;
        return new PairedDifference(
                differences.length,
                summary.mean(),
                summary.ciLow(),
                summary.ciHigh(),
                null,
                null,
                varies ? (Double) TTest.withDefaults().test(differences).getPValue() : pOfEqual(summary),
                null,
                null,
                null,
                varies ? (Double) (summary.mean() / summary.std()) : null);
    }

    /** As in SciPy, equal differences are beyond chance, but the test is not defined where they are 0. */
    private static Double pOfEqual(Summary summary) {
        return summary.std() == null || summary.mean() == 0 ? null : (Double) 0.0;
    }

    /** Without the parts of Student's interval beyond ±{@code most}, where no mean difference can lie. */
    PairedDifference within(double most) {
        return ciLow == null
                ? this
                : new PairedDifference(
                        pairs,
                        mean,
                        Math.max(-most, ciLow),
                        Math.min(most, ciHigh),
                        bootstrapLow,
                        bootstrapHigh,
                        tTestP,
                        tTestPAdjusted,
                        wilcoxonP,
                        wilcoxonPAdjusted,
                        effectSize);
    }

    PairedDifference adjusted(Double tTest, Double wilcoxon) {
        return new PairedDifference(
                pairs,
                mean,
                ciLow,
                ciHigh,
                bootstrapLow,
                bootstrapHigh,
                tTestP,
                tTest,
                wilcoxonP,
                wilcoxon,
                effectSize);
    }

    /** Whether the mean has the sign of {@code direction}, and the t test's adjusted p is below 0.05. */
    boolean isLead(int direction) {
        return tTestPAdjusted != null && tTestPAdjusted < LEVEL && mean * direction > 0;
    }
}
