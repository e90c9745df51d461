package org.initlab.analysis;

import java.util.List;

/**
 * How an arm differs from the baseline.
 *
 * @param epochs every epoch that any pair of trials has finished
 * @param verdict judged by the loss
 * @param warnings what to know before trusting it, one sentence each
 */
public record ArmComparison(
        String arm,
        List<EpochDifference> epochs,
        InitialLossCheck initialLoss,
        HeadStart headStart,
        Crossovers crossover,
        Verdict verdict,
        List<String> warnings) {

    /** When the sign of the mean difference flips for good. */
    public record Crossovers(Crossover loss, Crossover rocAuc, Crossover objective) {
        private static Crossovers of(PairedCurves complete, Bootstrap bootstrap) {
            Crossover loss = Crossover.of(complete, Quantity.LOSS, bootstrap);
            return new Crossovers(
                    loss,
                    Crossover.of(complete, Quantity.ROC_AUC, bootstrap),
                    complete.areAlike(Quantity.LOSS, Quantity.OBJECTIVE)
                            ? loss
                            : Crossover.of(complete, Quantity.OBJECTIVE, bootstrap));
        }
    }

    /**
     * Compares every other arm with the baseline, by what has been measured so far.
     *
     * @param baseline one of the arms
     * @param constant {@code null} until the data has been read
     * @param steps the baseline's training losses
     */
    public static List<ArmComparison> against(
            ArmCurves baseline, List<ArmCurves> arms, ConstantPredictor constant, BaselineSteps steps) {
        Bootstrap bootstrap = new Bootstrap();
        return arms.stream()
                .filter(arm -> !arm.arm().equals(baseline.arm()))
                .map(arm -> of(baseline, arm, constant, steps, bootstrap))
                .toList();
    }

    private static ArmComparison of(
            ArmCurves baseline, ArmCurves arm, ConstantPredictor constant, BaselineSteps steps, Bootstrap bootstrap) {
        PairedCurves pairs = PairedCurves.of(baseline, arm);
        PairedCurves complete = pairs.complete();
        ComparedArms compared = new ComparedArms(
                baseline,
                arm,
                complete,
                EpochDifference.of(pairs, bootstrap),
                InitialLossCheck.of(baseline, arm, constant),
                HeadStart.of(complete, constant, steps));
        return new ArmComparison(
                arm.arm(),
                compared.epochs(),
                compared.initialLoss(),
                compared.headStart(),
                Crossovers.of(complete, bootstrap),
                Verdict.of(compared),
                Warnings.of(compared));
    }
}
