package org.initlab.analysis;

import java.util.List;
import java.util.Map;
import org.initlab.analysis.ArmComparison.Crossovers;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an arm and its baseline whatever the verdict is about, without their curves, so that it can be kept.
 *
 * @param ending after the last epoch that most pairs have finished
 * @param epochs every epoch that any pair has finished
 */
record Contrast(
        Ending ending,
        List<EpochDifference> epochs,
        InitialLossCheck initialLoss,
        Map<Criterion, HeadStart> headStarts,
        Crossovers crossover,
        List<String> warnings) {

    static Contrast of(ComparedArms arms, int others, @Nullable SequentialDesign design, Bootstrap bootstrap) {
        Ending ending = Ending.of(
                arms.baseline(),
                arms.arm(),
                arms.pairs(),
                arms.epochs(),
                arms.complete().epochs() - 1,
                others,
                design,
                List.of(Criterion.values()));
        return new Contrast(
                ending,
                arms.epochs(),
                arms.initialLoss(),
                arms.headStarts(),
                Crossovers.of(arms.complete(), bootstrap),
                Warnings.of(arms, design != null));
    }
}
