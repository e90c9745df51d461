package org.initlab.analysis;

import java.util.List;

/** An arm, its baseline, and what was computed from the two. */
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

    /** The difference after the last of the complete epochs; {@code null} if there is none yet. */
    EpochDifference last() {
        int epochs = complete.epochs();
        return epochs == 0 ? null : epochs().get(epochs - 1);
    }
}
