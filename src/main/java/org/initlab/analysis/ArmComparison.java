package org.initlab.analysis;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How an arm differs from the baseline.
 *
 * @param epochs every epoch that any pair of trials has finished
 * @param headStart in what the verdict is about
 * @param verdict by the difference after the last epoch that most pairs have finished
 * @param interval Student's of that difference, at the level by which it is judged
 * @param sequence where that difference lies, valid at every look, by the trials finished in turn: what the verdict and equivalence go
 *     by in an experiment that may stop early; {@code null} for any other
 * @param equivalence whether that difference is shown to lie within the margin; {@code null} without a margin
 * @param signFlipP two-sided p of that difference by flipping the pairs' signs; {@code null} with fewer than two pairs
 * @param trialsNeeded the smallest number of pairs, at least 3, with which a two-sided paired t test at 5 % finds a true
 *     difference of the margin with power 0.8, if the pairs vary as they have so far; {@code null} without a margin, with fewer
 *     than three pairs, or if they do not vary
 * @param warnings what to know before trusting it, one sentence each
 */
public record ArmComparison(
        String arm,
        List<EpochDifference> epochs,
        InitialLossCheck initialLoss,
        HeadStart headStart,
        Crossovers crossover,
        Verdict verdict,
        Interval interval,
        @Nullable Interval sequence,
        @Nullable Equivalence equivalence,
        Double signFlipP,
        Long trialsNeeded,
        List<String> warnings) {

    /** When the sign of the mean difference flips for good. */
    public record Crossovers(Crossover loss, Crossover rocAuc, Crossover objective, Crossover prAuc) {
        static Crossovers of(PairedCurves complete, Bootstrap bootstrap) {
            Crossover loss = Crossover.of(complete, Quantity.LOSS, bootstrap);
            return new Crossovers(
                    loss,
                    Crossover.of(complete, Quantity.ROC_AUC, bootstrap),
                    complete.areAlike(Quantity.LOSS, Quantity.OBJECTIVE)
                            ? loss
                            : Crossover.of(complete, Quantity.OBJECTIVE, bootstrap),
                    Crossover.of(complete, Quantity.PR_AUC, bootstrap));
        }
    }

    static ArmComparison of(Contrast contrast, Standing standing) {
        return new ArmComparison(
                contrast.ending().arm(),
                contrast.epochs(),
                contrast.initialLoss(),
                contrast.headStarts().get(standing.criterion()),
                contrast.crossover(),
                Verdict.of(contrast, standing),
                standing.interval(),
                standing.sequence(),
                standing.equivalence(),
                standing.signFlipP(),
                standing.trialsNeeded(),
                contrast.warnings());
    }
}
