package org.initlab.analysis;

import java.util.List;
import java.util.stream.IntStream;

/**
 * The arms of an experiment against one of them. Making it takes long, judging it by another criterion or margin does not.
 */
public final class Comparison {
    private final List<Contrast> arms;

    private Comparison(List<Contrast> arms) {
        this.arms = arms;
    }

    /**
     * Compares every other arm with the baseline, by what has been measured so far.
     *
     * @param baseline one of the arms
     * @param constant {@code null} until the data has been read
     * @param steps the baseline's training losses
     */
    public static Comparison of(
            ArmCurves baseline, List<ArmCurves> arms, ConstantPredictor constant, BaselineSteps steps) {
        List<ArmCurves> others =
                arms.stream().filter(arm -> !arm.arm().equals(baseline.arm())).toList();
        List<PairedCurves> pairs =
                others.stream().map(arm -> PairedCurves.of(baseline, arm)).toList();
        Bootstrap bootstrap = new Bootstrap();
        List<List<EpochDifference>> epochs = EpochDifference.of(pairs, bootstrap);
        return new Comparison(IntStream.range(0, others.size())
                .mapToObj(arm ->
                        ComparedArms.of(baseline, others.get(arm), pairs.get(arm), epochs.get(arm), constant, steps))
                .map(compared -> Contrast.of(compared, bootstrap))
                .toList());
    }

    /**
     * Judges each arm.
     *
     * @param margin the smallest difference that matters, above 0; {@code null} if none is known
     */
    public List<ArmComparison> judged(Criterion criterion, Double margin) {
        return arms.stream()
                .map(arm -> ArmComparison.of(arm, Standing.of(arm, criterion, margin, arms.size())))
                .toList();
    }
}
