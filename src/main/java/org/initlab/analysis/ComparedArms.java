package org.initlab.analysis;

import java.util.List;

/** An arm, its baseline, and what was computed of the two. */
record ComparedArms(
        ArmCurves baseline,
        ArmCurves arm,
        PairedCurves complete,
        List<EpochDifference> epochs,
        InitialLossCheck initialLoss,
        HeadStart headStart) {

    boolean isOpen() {
        return baseline.count(TrialCurve.Fate.OPEN) + arm.count(TrialCurve.Fate.OPEN) > 0;
    }

    /** The difference after the last epoch that can be summed to; {@code null} before there is one. */
    EpochDifference last() {
        int epochs = complete.epochs();
        return epochs == 0 ? null : epochs().get(epochs - 1);
    }
}
