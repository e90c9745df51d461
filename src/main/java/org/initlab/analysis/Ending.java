package org.initlab.analysis;

import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How an arm and its baseline compare after the epoch that is judged: what a verdict's code depends on.
 *
 * @param isOpen whether runs of the two are not finished
 * @param last the epoch; {@code null} if there is none
 * @param differences those after it by pair; empty if there is none
 * @param finishedInTurn those of them by trial, up to the first pair that is not finished
 * @param leads the last epoch before it that shows a lead; a criterion without any is left out
 */
record Ending(
        String baseline,
        String arm,
        boolean isOpen,
        @Nullable EpochDifference last,
        Map<Criterion, double[]> differences,
        Map<Criterion, double[]> finishedInTurn,
        Map<Criterion, EpochDifference> leads) {

    /**
     * Of one of several arms.
     *
     * @param epochs every epoch that any pair has finished
     * @param epoch the one that is judged; −1 if there is none
     * @param arms how many are compared with the baseline
     * @param design of an experiment that may stop early; {@code null} for any other
     * @param criteria by which it is judged
     */
    static Ending of(
            ArmCurves baseline,
            ArmCurves arm,
            PairedCurves pairs,
            List<EpochDifference> epochs,
            int epoch,
            int arms,
            @Nullable SequentialDesign design,
            Collection<Criterion> criteria) {
        PairedCurves inTurn = pairs.finishedInTurn();
        return new Ending(
                baseline.arm(),
                arm.arm(),
                baseline.count(TrialCurve.Fate.OPEN) + arm.count(TrialCurve.Fate.OPEN) > 0,
                epoch < 0 ? null : epochs.get(epoch),
                differences(pairs, epoch, criteria),
                differences(inTurn, epoch, criteria),
                new Leads(epochs, epoch, inTurn, arms, design).last(criteria));
    }

    private static Map<Criterion, double[]> differences(PairedCurves pairs, int epoch, Collection<Criterion> criteria) {
        Map<Criterion, double[]> differences = new EnumMap<>(Criterion.class);
        for (Criterion criterion : criteria) {
            differences.put(criterion, epoch < 0 ? new double[0] : pairs.differences(criterion.quantity(), epoch));
        }
        return differences;
    }
}
