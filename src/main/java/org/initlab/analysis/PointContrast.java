package org.initlab.analysis;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An arm against its baseline at a point of a study: as much of a {@link Comparison} as a map of hundreds of points shows. Its
 * verdicts are the comparison's.
 */
public final class PointContrast {
    private final String baseline;
    private final String arm;
    private final boolean isOpen;
    private final int arms;
    private final PairedCurves pairs;
    private final List<EpochDifference> epochs;
    private final @Nullable SequentialDesign design;
    private final int last;

    private PointContrast(
            String baseline,
            String arm,
            boolean isOpen,
            int arms,
            PairedCurves pairs,
            List<EpochDifference> epochs,
            @Nullable SequentialDesign design) {
        this.baseline = baseline;
        this.arm = arm;
        this.isOpen = isOpen;
        this.arms = arms;
        this.pairs = pairs;
        this.epochs = epochs;
        this.design = design;
        last = pairs.complete(Quantity.LOSS).epochs() - 1;
    }

    /**
     * Compares by what has been measured so far.
     *
     * @param arm another than the baseline
     * @param all the experiment's arms, these two among them
     * @param design of an experiment that may stop early; {@code null} for any other
     */
    public static PointContrast of(
            ArmCurves baseline, ArmCurves arm, List<ArmCurves> all, @Nullable SequentialDesign design) {
        List<ArmCurves> others =
                all.stream().filter(each -> !each.arm().equals(baseline.arm())).toList();
        List<PairedCurves> pairs =
                others.stream().map(each -> PairedCurves.of(baseline, each)).toList();
        int index = others.indexOf(arm);
        return new PointContrast(
                baseline.arm(),
                arm.arm(),
                baseline.count(TrialCurve.Fate.OPEN) + arm.count(TrialCurve.Fate.OPEN) > 0,
                others.size(),
                pairs.get(index),
                EpochDifference.of(pairs, PairedDifference::ofTTest).get(index),
                design);
    }

    public String baseline() {
        return baseline;
    }

    public String arm() {
        return arm;
    }

    /** About how many numbers it holds. */
    public int size() {
        return pairs.size() * (last + 1) * 2 * Quantity.values().length;
    }

    /**
     * Judges the arm as it stands after an epoch.
     *
     * @param wanted the epoch; {@code null} for the last that most pairs have finished
     * @param margin the smallest difference that matters, above 0; {@code null} if none is known
     */
    public PointOutcome at(@Nullable Integer wanted, Criterion criterion, @Nullable Double margin) {
        int epoch = wanted == null ? last : wanted;
        boolean known = epoch >= 0 && epoch < epochs.size();
        PairedCurves inTurn = pairs.finishedInTurn();
        Contrast contrast = new Contrast(
                baseline,
                arm,
                isOpen,
                epochs,
                known ? epochs.get(epoch) : null,
                differences(pairs, criterion, known ? epoch : -1),
                differences(inTurn, criterion, known ? epoch : -1),
                new Leads(epochs, known ? epoch : -1, inTurn, arms, design).last(List.of(criterion)),
                null,
                null,
                null,
                List.of());
        Standing standing = Standing.judged(contrast, criterion, margin, arms, design);
        PairedDifference difference = standing.difference();
        return new PointOutcome(
                known ? (Integer) epoch : null,
                standing.pairs(),
                difference == null ? null : difference.mean(),
                difference == null ? null : difference.ciLow(),
                difference == null ? null : difference.ciHigh(),
                standing.decisive(),
                standing.equivalence(),
                difference == null ? null : difference.tTestP(),
                null,
                Verdict.code(contrast, standing));
    }

    private static Map<Criterion, double[]> differences(PairedCurves pairs, Criterion criterion, int epoch) {
        return Map.of(criterion, epoch < 0 ? new double[0] : pairs.differences(criterion.quantity(), epoch));
    }
}
