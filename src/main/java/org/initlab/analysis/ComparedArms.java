package org.initlab.analysis;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** An arm, its baseline, and what was computed from the two. */
record ComparedArms(
        ArmCurves baseline,
        ArmCurves arm,
        PairedCurves pairs,
        PairedCurves complete,
        List<EpochDifference> epochs,
        InitialLossCheck initialLoss,
        Map<Criterion, HeadStart> headStarts) {

    static ComparedArms of(
            ArmCurves baseline,
            ArmCurves arm,
            PairedCurves pairs,
            List<EpochDifference> epochs,
            ConstantPredictor constant,
            BaselineSteps steps) {
        Map<Criterion, HeadStart> headStarts = new EnumMap<>(Criterion.class);
        for (Criterion criterion : Criterion.values()) {
            headStarts.put(criterion, HeadStart.of(criterion, pairs, constant, steps));
        }
        return new ComparedArms(
                baseline,
                arm,
                pairs,
                pairs.complete(Quantity.LOSS),
                epochs,
                InitialLossCheck.of(baseline, arm, constant),
                headStarts);
    }

    /** The difference after the last of the complete epochs; {@code null} if there is none yet. */
    EpochDifference last() {
        int epochs = complete.epochs();
        return epochs == 0 ? null : epochs().get(epochs - 1);
    }
}
