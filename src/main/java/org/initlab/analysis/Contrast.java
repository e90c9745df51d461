package org.initlab.analysis;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.initlab.analysis.ArmComparison.Crossovers;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an arm and its baseline whatever the verdict is about, without their curves, so that it can be kept.
 *
 * @param isOpen whether runs of the two are not finished
 * @param epochs every epoch that any pair has finished
 * @param last the last epoch that most pairs have finished; {@code null} if there is none
 * @param lastDifferences the differences after it by pair; empty if there is none
 * @param finishedInTurn those of them by trial, up to the first pair that is not finished
 * @param leads the last epoch before it that shows a lead; a criterion without any is left out
 */
record Contrast(
        String baseline,
        String arm,
        boolean isOpen,
        List<EpochDifference> epochs,
        EpochDifference last,
        Map<Criterion, double[]> lastDifferences,
        Map<Criterion, double[]> finishedInTurn,
        Map<Criterion, EpochDifference> leads,
        InitialLossCheck initialLoss,
        Map<Criterion, HeadStart> headStarts,
        Crossovers crossover,
        List<String> warnings) {

    static Contrast of(ComparedArms arms, int others, @Nullable SequentialDesign design, Bootstrap bootstrap) {
        EpochDifference last = arms.last();
        PairedCurves inTurn = arms.pairs().finishedInTurn();
        Leads leads = new Leads(arms.epochs(), last == null ? -1 : last.epoch(), inTurn, others, design);
        return new Contrast(
                arms.baseline().arm(),
                arms.arm().arm(),
                arms.isOpen(),
                arms.epochs(),
                last,
                lastDifferences(arms.pairs(), last),
                lastDifferences(inTurn, last),
                leads.last(List.of(Criterion.values())),
                arms.initialLoss(),
                arms.headStarts(),
                Crossovers.of(arms.complete(), bootstrap),
                Warnings.of(arms, design != null));
    }

    private static Map<Criterion, double[]> lastDifferences(PairedCurves pairs, EpochDifference last) {
        Map<Criterion, double[]> differences = new EnumMap<>(Criterion.class);
        for (Criterion criterion : Criterion.values()) {
            differences.put(
                    criterion, last == null ? new double[0] : pairs.differences(criterion.quantity(), last.epoch()));
        }
        return differences;
    }
}
