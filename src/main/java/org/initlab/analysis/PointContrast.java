package org.initlab.analysis;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An arm against its baseline at a point of a study: as much of a {@link Comparison} as a map of hundreds of points shows. Its
 * verdicts are the comparison's.
 */
public final class PointContrast {
    private final ArmCurves baseline;
    private final ArmCurves arm;
    private final int arms;
    private final PairedCurves pairs;
    private final List<EpochDifference> epochs;
    private final @Nullable SequentialDesign design;
    private final int last;

    private PointContrast(
            ArmCurves baseline,
            ArmCurves arm,
            int arms,
            PairedCurves pairs,
            List<EpochDifference> epochs,
            @Nullable SequentialDesign design) {
        this.baseline = baseline;
        this.arm = arm;
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
                baseline,
                arm,
                others.size(),
                pairs.get(index),
                EpochDifference.of(pairs, PairedDifference::ofTTest).get(index),
                design);
    }

    public String baseline() {
        return baseline.arm();
    }

    public String arm() {
        return arm.arm();
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
        int asked = wanted == null ? last : wanted;
        int epoch = asked < epochs.size() ? asked : -1;
        Ending ending = Ending.of(baseline, arm, pairs, epochs, epoch, arms, design, List.of(criterion));
        Standing standing = Standing.judged(ending, criterion, margin, arms, design);
        PairedDifference difference = standing.difference();
        return new PointOutcome(
                epoch < 0 ? null : (Integer) epoch,
                standing.pairs(),
                difference == null ? null : difference.mean(),
                difference == null ? null : difference.ciLow(),
                difference == null ? null : difference.ciHigh(),
                standing.decisive(),
                standing.equivalence(),
                difference == null ? null : difference.tTestP(),
                null,
                Verdict.code(ending, standing));
    }
}
