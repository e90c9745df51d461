package org.initlab.analysis;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.initlab.analysis.ArmComparison.Crossovers;

/**
 * What is known of an arm and its baseline whatever the verdict is about, without their curves, so that it can be kept.
 *
 * @param isOpen whether runs of the two are not finished
 * @param epochs every epoch that any pair has finished
 * @param last the last epoch that most pairs have finished; {@code null} if there is none
 * @param lastDifferences the differences after it by pair; empty if there is none
 * @param finishedInTurn those of them by trial, up to the first pair that is not finished
 */
record Contrast(
        String baseline,
        String arm,
        boolean isOpen,
        List<EpochDifference> epochs,
        EpochDifference last,
        Map<Criterion, double[]> lastDifferences,
        Map<Criterion, double[]> finishedInTurn,
        InitialLossCheck initialLoss,
        Map<Criterion, HeadStart> headStarts,
        Crossovers crossover,
        List<String> warnings) {

    static Contrast of(ComparedArms arms, Bootstrap bootstrap) {
        EpochDifference last = arms.last();
        return new Contrast(
                arms.baseline().arm(),
                arms.arm().arm(),
                arms.isOpen(),
                arms.epochs(),
                last,
                lastDifferences(arms.pairs(), last),
                lastDifferences(arms.pairs().finishedInTurn(), last),
                arms.initialLoss(),
                arms.headStarts(),
                Crossovers.of(arms.complete(), bootstrap),
                Warnings.of(arms));
    }

    private static Map<Criterion, double[]> lastDifferences(PairedCurves pairs, EpochDifference last) {
        Map<Criterion, double[]> differences = new EnumMap<>(Criterion.class);
        for (Criterion criterion : Criterion.values()) {
            differences.put(
                    criterion, last == null ? new double[0] : pairs.differences(criterion.quantity(), last.epoch()));
        }
        return differences;
    }

    /** The last epoch before the one judged that shows a lead which chance does not explain; {@code null} if none does. */
    EpochDifference lead(Criterion criterion) {
        return epochs.stream()
                .filter(epoch -> epoch.epoch() < last.epoch())
                .filter(epoch -> epoch.of(criterion).isLead(criterion.better()))
                .reduce((earlier, later) -> later)
                .orElse(null);
    }
}
