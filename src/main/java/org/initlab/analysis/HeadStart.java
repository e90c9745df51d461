package org.initlab.analysis;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * How far ahead of the baseline an arm starts, over the pairs that have finished the epochs compared.
 *
 * @param metric what it is measured in
 * @param reached when the baseline gets to where the arm is after 0, 1, 2, 5, 10, … epochs; empty if the metric is not known
 * @param area the area between each pair's curves of the metric from epoch 0 to the last one by the trapezoid rule, in units of the
 *     metric times epochs: above 0, the arm was better overall
 * @param lossArea the same of the test loss, in nats times epochs, baseline minus arm, over the pairs that have finished its epochs
 * @param biasOnlyShare of a loss or objective the share, from 0 to 1, of the baseline's mean drop in its first epoch that a bias
 *     alone would bring: (L₀ − H) / (L₀ − L₁), clamped to that range, where H is the constant predictor's. 1 means that the first
 *     epoch only learnt the positive rate; {@code null} for areas, and if the first epoch brought no drop or is not finished
 * @param interpolation what tells when the baseline got somewhere within an epoch
 */
public record HeadStart(
        Criterion metric,
        List<Reached> reached,
        Summary area,
        Summary lossArea,
        Double biasOnlyShare,
        Interpolation interpolation) {

    /** What the baseline's metric is interpolated by between two epochs. */
    public enum Interpolation {
        /** The training losses by step. */
        @JsonProperty("steps")
        STEPS,
        /** Only time, as the losses that training steps on measure something else than the metric. */
        @JsonProperty("epochs")
        EPOCHS
    }

    /**
     * When the baseline's mean is first as good as the arm's after some epochs.
     *
     * @param armEpochs epochs that the arm was trained for
     * @param loss the arm's mean test loss then, in nats
     * @param value the arm's mean of the metric then
     * @param baselineValue the baseline's after as many epochs
     * @param baselineEpochs epochs that the baseline needs for the arm's value, interpolated within an epoch; {@code null} if it has not got there
     * @param baselineSteps the same in optimizer updates
     * @param savedSteps how many fewer updates the arm needs; negative if it needs more
     */
    public record Reached(
            int armEpochs,
            Double loss,
            double value,
            double baselineValue,
            Double baselineEpochs,
            Long baselineSteps,
            Long savedSteps) {}

    static HeadStart of(Criterion metric, PairedCurves pairs, ConstantPredictor constant, BaselineSteps steps) {
        PairedCurves complete = pairs.complete(metric.quantity());
        double[] baseline = IntStream.range(0, complete.epochs())
                .mapToDouble(epoch -> mean(complete.ofBaseline(metric.quantity(), epoch)))
                .toArray();
        boolean byStep = steps.measure(metric);
        return new HeadStart(
                metric,
                reached(metric, complete, baseline, steps, byStep),
                area(metric, complete),
                area(Criterion.LOSS, pairs.complete(Quantity.LOSS)),
                metric.isLoss() ? biasOnlyShare(baseline, constant, metric.quantity()) : null,
                byStep ? Interpolation.STEPS : Interpolation.EPOCHS);
    }

    private static Double mean(double[] values) {
        return Summary.of(values).mean();
    }

    private static List<Reached> reached(
            Criterion metric, PairedCurves complete, double[] baseline, BaselineSteps steps, boolean byStep) {
        double[] falling = IntStream.range(0, baseline.length)
                .mapToDouble(epoch -> -metric.better() * baseline[epoch])
                .toArray();
        Descent descent = new Descent(falling, steps, byStep);
        List<Reached> reached = new ArrayList<>();
        for (int epoch : milestones(baseline.length)) {
            double value = mean(complete.ofArm(metric.quantity(), epoch));
            OptionalDouble needed = descent.epochsUntil(-metric.better() * value);
            Long updates = needed.isPresent() ? (Long) Math.round(needed.getAsDouble() * steps.perEpoch()) : null;
            reached.add(new Reached(
                    epoch,
                    mean(complete.ofArm(Quantity.LOSS, epoch)),
                    value,
                    baseline[epoch],
                    needed.isPresent() ? (Double) needed.getAsDouble() : null,
                    updates,
                    updates == null ? null : (Long) (updates - (long) epoch * steps.perEpoch())));
        }
        return reached;
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

    private static Summary area(Criterion metric, PairedCurves complete) {
        double[] areas = new double[complete.size()];
        for (int epoch = 1; epoch < complete.epochs(); epoch++) {
            double[] before = complete.differences(metric.quantity(), epoch - 1);
            double[] after = complete.differences(metric.quantity(), epoch);
            for (int pair = 0; pair < areas.length; pair++) {
                areas[pair] += metric.better() * (before[pair] + after[pair]) / 2;
            }
        }
        return Summary.of(areas);
    }

    private static Double biasOnlyShare(double[] baseline, ConstantPredictor constant, Quantity quantity) {
        if (baseline.length < 2 || constant == null || baseline[0] <= baseline[1]) {
            return null;
        }
        double share = (baseline[0] - constant.level(quantity)) / (baseline[0] - baseline[1]);
        return Math.max(0, Math.min(1, share));
    }
}
