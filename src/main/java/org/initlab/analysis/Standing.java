package org.initlab.analysis;

import org.jspecify.annotations.Nullable;

/**
 * Where an arm stands after the last epoch, by what its verdict is about.
 *
 * @param margin the smallest difference that matters; {@code null} if none is known
 * @param difference {@code null} before the first epoch
 * @param interval Student's
 * @param sequence that of an experiment that may stop early; {@code null} for any other
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
        @Nullable Interval sequence,
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
     * @param design of an experiment that may stop early; {@code null} for any other
     */
    static Standing of(Ending ending, Criterion criterion, Double margin, int arms, @Nullable SequentialDesign design) {
        Standing judged = judged(ending, criterion, margin, arms, design);
        double[] differences = ending.differences().get(criterion);
        return new Standing(
                criterion,
                margin,
                judged.difference(),
                judged.interval(),
                judged.sequence(),
                judged.equivalence(),
                judged.pairs() < 2 ? null : (Double) SignFlips.p(differences),
                margin == null || judged.pairs() < FEWEST_PAIRS
                        ? null
                        : PairedPower.trialsNeeded(
                                margin, Summary.of(differences).std()),
                judged.pairs());
    }

    /** The same without what the verdict does not depend on, which takes longer: sign flips and trials needed are {@code null}. */
    static Standing judged(
            Ending ending, Criterion criterion, Double margin, int arms, @Nullable SequentialDesign design) {
        double[] differences = ending.differences().get(criterion);
        double most = criterion.quantity().most();
        Interval sequence = design == null
                ? null
                : design.interval(ending.finishedInTurn().get(criterion), arms).within(most);
        Equivalence equivalence = margin == null ? null : Equivalence.of(differences, margin);
        return new Standing(
                criterion,
                margin,
                ending.last() == null ? null : ending.last().of(criterion),
                Interval.of(differences, arms).within(most),
                sequence,
                equivalence == null || sequence == null ? equivalence : equivalence.shownBy(sequence),
                null,
                null,
                differences.length);
    }

    /** The interval by which the arm is judged: the sequence, where there is one. */
    Interval decisive() {
        return sequence == null ? interval : sequence;
    }

    boolean isEquivalent() {
        return equivalence != null && equivalence.shown();
    }
}
