package org.initlab.analysis;

import java.util.List;

/** An arm, its baseline, and what was computed from the two. */
record ComparedArms(
        ArmCurves baseline,
        ArmCurves arm,
        PairedCurves pairs,
        PairedCurves complete,
        List<EpochDifference> epochs,
        InitialLossCheck initialLoss,
        HeadStart headStart) {

    static ComparedArms of(
            ArmCurves baseline,
            ArmCurves arm,
            PairedCurves pairs,
            List<EpochDifference> epochs,
            ConstantPredictor constant,
            BaselineSteps steps) {
        PairedCurves complete = pairs.complete();
        return new ComparedArms(
                baseline,
                arm,
                pairs,
                complete,
                epochs,
                InitialLossCheck.of(baseline, arm, constant),
                HeadStart.of(complete, constant, steps));
    }

    boolean isOpen() {
        return baseline.count(TrialCurve.Fate.OPEN) + arm.count(TrialCurve.Fate.OPEN) > 0;
    }

    /** The difference after the last of the complete epochs; {@code null} if there is none yet. */
    EpochDifference last() {
        int epochs = complete.epochs();
        return epochs == 0 ? null : epochs().get(epochs - 1);
    }
}
