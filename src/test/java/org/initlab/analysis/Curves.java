package org.initlab.analysis;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Made-up arms for tests. */
final class Curves {
    private Curves() {}

    /** Trials from 0, all completed, each with these losses by epoch and a ROC-AUC of 1 − loss. */
    static ArmCurves arm(String label, double[]... losses) {
        return new ArmCurves(
                label,
                label.startsWith("positive_rate"),
                IntStream.range(0, losses.length)
                        .mapToObj(trial -> trial(trial, TrialCurve.Fate.COMPLETED, losses[trial]))
                        .toList());
    }

    static TrialCurve trial(int trial, TrialCurve.Fate fate, double... losses) {
        return trial(trial, fate, losses, losses);
    }

    static TrialCurve trial(int trial, TrialCurve.Fate fate, double[] losses, double[] objectives) {
        double[] areas = Arrays.stream(losses).map(loss -> 1 - loss).toArray();
        return new TrialCurve(
                trial,
                fate,
                Map.of(Quantity.LOSS, losses, Quantity.ROC_AUC, areas, Quantity.OBJECTIVE, objectives),
                Set.of());
    }

    static double[] losses(double... losses) {
        return losses;
    }

    /** By the loss against the first arm, with ten steps per epoch whose training losses were not kept. */
    static ArmComparison compare(ConstantPredictor constant, ArmCurves baseline, ArmCurves arm) {
        return comparison(constant, baseline, arm).judged(Criterion.LOSS, null).get(0);
    }

    static Comparison comparison(ConstantPredictor constant, ArmCurves baseline, ArmCurves... arms) {
        return Comparison.of(
                baseline,
                Stream.concat(Stream.of(baseline), Arrays.stream(arms)).toList(),
                constant,
                steps(new StepCurve(new long[0], new double[0])),
                null);
    }

    /** Ten steps an epoch, of which the first epoch's training losses were kept; all are plain cross-entropy. */
    static BaselineSteps steps(StepCurve firstEpoch) {
        return steps(firstEpoch, criterion -> criterion == Criterion.LOSS || criterion == Criterion.OBJECTIVE);
    }

    /** The same, measuring what the predicate says. */
    static BaselineSteps steps(StepCurve firstEpoch, Predicate<Criterion> measured) {
        return new BaselineSteps() {
            @Override
            public int perEpoch() {
                return 10;
            }

            @Override
            public boolean measure(Criterion criterion) {
                return measured.test(criterion);
            }

            @Override
            public StepCurve inEpoch(int epoch) {
                return epoch == 1 ? firstEpoch : new StepCurve(new long[0], new double[0]);
            }
        };
    }
}
