package org.initlab.analysis;

import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The arms of an experiment against one of them. Making it takes long, judging it by another criterion or margin does not.
 */
public final class Comparison {
    private final List<Contrast> arms;
    private final @Nullable SequentialDesign design;

    private Comparison(List<Contrast> arms, @Nullable SequentialDesign design) {
        this.arms = arms;
        this.design = design;
    }

    /**
     * Compares every other arm with the baseline, by what has been measured so far.
     *
     * @param baseline one of the arms
     * @param constant {@code null} until the data has been read
     * @param steps the baseline's training losses
     * @param design of an experiment that may stop early; {@code null} for any other
     */
    public static Comparison of(
            ArmCurves baseline,
            List<ArmCurves> arms,
            ConstantPredictor constant,
            BaselineSteps steps,
            @Nullable SequentialDesign design) {
        List<ArmCurves> others =
                arms.stream().filter(arm -> !arm.arm().equals(baseline.arm())).toList();
        List<PairedCurves> pairs =
                others.stream().map(arm -> PairedCurves.of(baseline, arm)).toList();
        Bootstrap bootstrap = new Bootstrap();
        List<List<EpochDifference>> epochs =
                EpochDifference.of(pairs, differences -> PairedDifference.of(differences, bootstrap));
        List<Contrast> contrasts = IntStream.range(0, others.size())
                .mapToObj(arm ->
                        ComparedArms.of(baseline, others.get(arm), pairs.get(arm), epochs.get(arm), constant, steps))
                .map(compared -> Contrast.of(compared, others.size(), design, bootstrap))
                .toList();
        return new Comparison(contrasts, design);
    }

    /**
     * Judges each arm.
     *
     * @param margin the smallest difference that matters, above 0; {@code null} if none is known
     */
    public List<ArmComparison> judged(Criterion criterion, Double margin) {
        return arms.stream()
                .map(arm -> ArmComparison.of(arm, Standing.of(arm.ending(), criterion, margin, arms.size(), design)))
                .toList();
    }
}
