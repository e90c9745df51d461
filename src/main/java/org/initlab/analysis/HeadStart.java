package org.initlab.analysis;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * How far ahead of the baseline an arm starts, over the pairs that have finished the epochs compared.
 *
 * @param reached when the baseline gets to the arm's loss after 0, 1, 2, 5, 10, … epochs
 * @param lossArea the area between each pair's loss curves from epoch 0 to the last one by the trapezoid rule, baseline
 *     minus arm, in nats times epochs: above 0, the arm's loss was lower overall
 * @param biasOnlyShare the share, from 0 to 1, of the baseline's mean loss drop in its first epoch that a bias alone
 *     would bring: (L₀ − H) / (L₀ − L₁), clamped to that range, where H is the constant predictor's loss. 1 means that
 *     the first epoch only learnt the positive rate; {@code null} if the first epoch brought no drop or is not finished
 * @param interpolation what tells when the baseline got to a loss within an epoch
 */
public record HeadStart(List<Reached> reached, Summary lossArea, Double biasOnlyShare, Interpolation interpolation) {

    /** What the baseline's test loss is interpolated by between two epochs. */
    public enum Interpolation {
        /** The training losses by step. */
        @JsonProperty("steps")
        STEPS,
        /** Only time, as the losses that training steps on are of another kind than the test loss. */
        @JsonProperty("epochs")
        EPOCHS
    }

    /**
     * When the baseline's mean test loss is first at or below the arm's after some epochs.
     *
     * @param armEpochs epochs that the arm was trained for
     * @param loss the arm's mean test loss then, in nats
     * @param baselineEpochs epochs that the baseline needs for it, interpolated within an epoch; {@code null} if it has not got there
     * @param baselineSteps the same in optimizer updates
     * @param savedSteps how many fewer updates the arm needs; negative if it needs more
     */
    public record Reached(int armEpochs, double loss, Double baselineEpochs, Long baselineSteps, Long savedSteps) {}

    static HeadStart of(PairedCurves complete, ConstantPredictor constant, BaselineSteps steps) {
        int epochs = complete.epochs();
        double[] baseline = IntStream.range(0, epochs)
                .mapToDouble(epoch ->
                        Summary.of(complete.ofBaseline(Quantity.LOSS, epoch)).mean())
                .toArray();
        LossDescent descent = new LossDescent(baseline, steps);
        List<Reached> reached = new ArrayList<>();
        for (int epoch : milestones(epochs)) {
            double loss = Summary.of(complete.ofArm(Quantity.LOSS, epoch)).mean();
            reached.add(reached(epoch, loss, descent.epochsUntil(loss), steps));
        }
        return new HeadStart(
                reached,
                area(complete),
                biasOnlyShare(baseline, constant),
                steps.areTestLosses() ? Interpolation.STEPS : Interpolation.EPOCHS);
    }

    private static List<Integer> milestones(int epochs) {
        List<Integer> milestones = new ArrayList<>();
        if (epochs > 0) {
            milestones.add(0);
        }
        for (int power = 1; power < epochs; power *= 10) {
            for (int factor : new int[] {1, 2, 5}) {
                if (factor * power < epochs) {
                    milestones.add(factor * power);
                }
            }
        }
        return milestones;
    }

    private static Reached reached(int epoch, double loss, OptionalDouble baselineEpochs, BaselineSteps steps) {
        if (baselineEpochs.isEmpty()) {
            return new Reached(epoch, loss, null, null, null);
        }
        long baselineSteps = Math.round(baselineEpochs.getAsDouble() * steps.perEpoch());
        long saved = baselineSteps - (long) epoch * steps.perEpoch();
        return new Reached(epoch, loss, baselineEpochs.getAsDouble(), baselineSteps, saved);
    }

    private static Summary area(PairedCurves complete) {
        double[] areas = new double[complete.size()];
        for (int epoch = 1; epoch < complete.epochs(); epoch++) {
            double[] before = complete.differences(Quantity.LOSS, epoch - 1);
            double[] after = complete.differences(Quantity.LOSS, epoch);
            for (int pair = 0; pair < areas.length; pair++) {
                areas[pair] -= (before[pair] + after[pair]) / 2;
            }
        }
        return Summary.of(areas);
    }

    private static Double biasOnlyShare(double[] baseline, ConstantPredictor constant) {
        if (baseline.length < 2 || constant == null || baseline[0] <= baseline[1]) {
            return null;
        }
        double share = (baseline[0] - constant.loss()) / (baseline[0] - baseline[1]);
        return Math.max(0, Math.min(1, share));
    }
}
