package org.initlab.analysis;

/**
 * Where an arm stands after the last epoch, by what its verdict is about.
 *
 * @param margin the smallest difference that matters; {@code null} if none is known
 * @param difference {@code null} before the first epoch
 * @param equivalence {@code null} without a margin
 * @param signFlipP {@code null} with fewer than two pairs
 * @param trialsNeeded {@code null} without a margin, with fewer than three pairs, or if the differences do not vary
 * @param pairs those in which both arms have the quantity
 */
record Standing(
        Criterion criterion,
        Double margin,
        PairedDifference difference,
        Interval interval,
        Equivalence equivalence,
        Double signFlipP,
        Long trialsNeeded,
        int pairs) {
    /** The fewest pairs by which a difference is judged: with two, Student's quantile is 12.7. */
    static final int FEWEST_PAIRS = 3;

    /**
     * Of one of several arms.
     *
     * @param arms how many are compared with the baseline
     */
    static Standing of(Contrast contrast, Criterion criterion, Double margin, int arms) {
        double[] differences = contrast.lastDifferences().get(criterion);
        int pairs = differences.length;
        return new Standing(
                criterion,
                margin,
                contrast.last() == null ? null : contrast.last().of(criterion),
                Interval.of(differences, arms),
                margin == null ? null : Equivalence.of(differences, margin),
                pairs < 2 ? null : (Double) SignFlips.p(differences),
                margin == null || pairs < FEWEST_PAIRS
                        ? null
                        : PairedPower.trialsNeeded(
                                margin, Summary.of(differences).std()),
                pairs);
    }

    boolean isEquivalent() {
        return equivalence != null && equivalence.shown();
    }
}
