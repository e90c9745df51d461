package org.initlab.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.initlab.analysis.Curves.arm;
import static org.initlab.analysis.Curves.compare;
import static org.initlab.analysis.Curves.comparison;
import static org.initlab.analysis.Curves.losses;
import static org.initlab.analysis.Curves.trial;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HeadStartTest {
    private static final ConstantPredictor ONE_IN_TEN = ConstantPredictor.of(0.1, 0.1, 0.2);
    private static final StepCurve NONE = new StepCurve(new long[0], new double[0]);

    @Test
    void theTimeToReachALossFollowsTheTrainingLossWithinTheEpoch() {
        // the training loss makes half of its fall in two of ten steps, so the test loss is half-way at 0.2 epochs
        StepCurve blade = new StepCurve(new long[] {0, 2, 6, 9}, new double[] {0.7, 0.5, 0.4, 0.3});
        Descent descent = new Descent(losses(0.7, 0.3), Curves.steps(blade), true);

        assertThat(descent.epochsUntil(0.5)).hasValueCloseTo(0.2, within(1e-12));
        assertThat(descent.epochsUntil(0.35)).hasValueCloseTo(0.75, within(1e-12));
        assertThat(descent.epochsUntil(0.8)).hasValue(0);
        assertThat(descent.epochsUntil(0.2)).isEmpty();
    }

    /** The same curve as above, but of a weighted loss: the objective falls when it does, the test loss and the areas do not. */
    @Test
    void aHeadStartIsMeasuredInTheMetricAndOnlyTheSameQuantityTellsTheTimeWithinTheEpoch() {
        StepCurve blade = new StepCurve(new long[] {0, 2, 6, 9}, new double[] {0.7, 0.5, 0.4, 0.3});
        ArmCurves baseline = weighted("default", losses(0.7, 0.3), losses(1.7, 0.9));
        ArmCurves arm = weighted("zeros", losses(0.5, 0.3), losses(1.3, 0.8));
        Comparison comparison = Comparison.of(
                baseline,
                List.of(baseline, arm),
                ONE_IN_TEN,
                Curves.steps(blade, criterion -> criterion == Criterion.OBJECTIVE),
                null);

        ArmComparison byLoss = comparison.judged(Criterion.LOSS, null).get(0);
        ArmComparison byObjective = comparison.judged(Criterion.OBJECTIVE, null).get(0);
        ArmComparison byArea = comparison.judged(Criterion.ROC_AUC, null).get(0);

        assertThat(byLoss.headStart().interpolation()).isEqualTo(HeadStart.Interpolation.EPOCHS);
        assertThat(initial(byLoss).baselineEpochs()).isCloseTo(0.5, within(1e-12));
        assertThat(byLoss.verdict().text())
                .contains("at a loss of 0.5 instead of 0.700, for which default needs about 0.500 epochs; a bias");
        assertThat(byObjective.headStart().interpolation()).isEqualTo(HeadStart.Interpolation.STEPS);
        assertThat(initial(byObjective))
                .isEqualTo(new HeadStart.Reached(
                        0, 0.5, 1.3, 1.7, initial(byObjective).baselineEpochs(), 2L, 2L));
        assertThat(initial(byObjective).baselineEpochs()).isCloseTo(0.2, within(1e-12));
        assertThat(byObjective.headStart().reached().get(1).baselineEpochs()).isNull();
        assertThat(byObjective.headStart().area().mean()).isCloseTo(0.25, within(1e-12));
        assertThat(byObjective.headStart().lossArea().mean()).isCloseTo(0.1, within(1e-12));
        // the constant predictor's objective, 0.2, is beyond the first epoch's
        assertThat(byObjective.headStart().biasOnlyShare()).isEqualTo(1);
        assertThat(byObjective.verdict().text())
                .contains("at an objective of 1.30 instead of 1.70, for which default needs 0.200 epochs (2 steps);")
                .contains("100 % of the objective drop in");
        assertThat(byArea.headStart().interpolation()).isEqualTo(HeadStart.Interpolation.EPOCHS);
        assertThat(initial(byArea).baselineEpochs()).isCloseTo(0.5, within(1e-12));
        assertThat(byArea.headStart().area().mean()).isCloseTo(0.1, within(1e-12));
        assertThat(byArea.headStart().biasOnlyShare()).isNull();
        assertThat(byArea.verdict().text())
                .endsWith("at a ROC-AUC of 0.5 instead of 0.300, for which default needs about 0.5 epochs.");
        assertThat(comparison.judged(Criterion.PR_AUC, null).get(0).headStart().reached())
                .isEmpty();
    }

    /** The test loss is infinite where a logit is, and the ranking is not hurt; a retried run has such an epoch until it begins. */
    @Test
    void aTestLossThatIsNotFiniteLeavesItsPairOutOfTheAreaOnly() {
        ArmCurves baseline = arm("default", losses(0.7, 0.5), losses(0.7, 0.5), losses(0.7, 0.5));
        TrialCurve overflown = new TrialCurve(
                2,
                TrialCurve.Fate.OPEN,
                Map.of(
                        Quantity.LOSS, losses(0.5, Double.NaN),
                        Quantity.OBJECTIVE, losses(0.5, Double.NaN),
                        Quantity.ROC_AUC, losses(0.5, 0.8)),
                Set.of());
        ArmCurves arm = new ArmCurves(
                "zeros",
                false,
                List.of(
                        trial(0, TrialCurve.Fate.COMPLETED, 0.5, 0.3),
                        trial(1, TrialCurve.Fate.COMPLETED, 0.5, 0.4),
                        overflown));

        HeadStart headStart = comparison(ONE_IN_TEN, baseline, arm)
                .judged(Criterion.ROC_AUC, null)
                .get(0)
                .headStart();

        assertThat(headStart.area().mean()).isCloseTo((0.2 + 0.15 + 0.25) / 3, within(1e-12));
        assertThat(headStart.lossArea().mean()).isCloseTo((0.2 + 0.15) / 2, within(1e-12));
    }

    private static ArmCurves weighted(String label, double[] losses, double[] objectives) {
        return new ArmCurves(label, false, List.of(trial(0, TrialCurve.Fate.COMPLETED, losses, objectives)));
    }

    private static HeadStart.Reached initial(ArmComparison comparison) {
        return comparison.headStart().reached().get(0);
    }

    @Test
    void withoutStepLossesTheTimeIsInterpolatedBetweenTheEpochs() {
        Descent descent = new Descent(losses(0.7, 0.3, 0.2), Curves.steps(NONE), true);

        assertThat(descent.epochsUntil(0.6)).hasValueCloseTo(0.25, within(1e-12));
        assertThat(descent.epochsUntil(0.25)).hasValueCloseTo(1.5, within(1e-12));
    }

    /** sklearn.isotonic.isotonic_regression(y, increasing=False), scikit-learn 1.9.1. */
    @Test
    void noiseInTheStepLossesIsPooled() {
        double[] noisy = {0.7, 0.6, 0.65, 0.5, 0.52, 0.55, 0.4};

        assertThat(new StepCurve(new long[7], noisy).antitonic())
                .containsExactly(
                        new double[] {0.7, 0.625, 0.625, 0.5233333333333333, 0.5233333333333333, 0.5233333333333333, 0.4
                        },
                        within(1e-12));
    }

    @Test
    void aHeadStartIsCountedInStepsInAreaAndInWhatTheBiasExplains() {
        ArmCurves baseline = arm("default", losses(0.70, 0.30, 0.20), losses(0.68, 0.30, 0.20));
        ArmCurves arm = arm("positive_rate", losses(0.33, 0.28, 0.20), losses(0.33, 0.28, 0.20));

        HeadStart headStart = compare(ONE_IN_TEN, baseline, arm).headStart();

        // 0.69 to 0.30 in ten steps: 0.33 after 36/39 of them
        HeadStart.Reached initial = headStart.reached().get(0);
        assertThat(initial.baselineEpochs()).isCloseTo(36.0 / 39, within(1e-12));
        assertThat(initial.baselineSteps()).isEqualTo(9);
        assertThat(initial.savedSteps()).isEqualTo(9);
        assertThat(headStart.reached().get(1).baselineSteps()).isEqualTo(12);
        assertThat(headStart.reached().get(1).savedSteps()).isEqualTo(2);
        assertThat(headStart.reached().get(2).savedSteps()).isZero();
        assertThat(headStart.reached()).hasSize(3);
        // by pair: (0.37 + 0.02)/2 + 0.02/2 and (0.35 + 0.02)/2 + 0.02/2
        assertThat(headStart.lossArea().mean()).isCloseTo(0.200, within(1e-12));
        // (0.69 - H(0.1)) / (0.69 - 0.30), H(0.1) = 0.32508
        assertThat(headStart.biasOnlyShare()).isCloseTo((0.69 - 0.3250829733914482) / 0.39, within(1e-12));
    }

    @Test
    void whatTheBaselineHasNotReachedIsUnknown() {
        HeadStart headStart = compare(ONE_IN_TEN, arm("default", losses(0.7, 0.5)), arm("zeros", losses(0.4, 0.3)))
                .headStart();

        assertThat(headStart.reached())
                .allSatisfy(reached -> assertThat(reached.baselineEpochs()).isNull());
        assertThat(headStart.lossArea().ciLow()).isNull();
        assertThat(headStart.biasOnlyShare()).isEqualTo(1);
    }

    /** All 27 resamples of three trials: the last sign begins at epoch 1 in 7, at 2 in 19, and never in 1 of them. */
    @Test
    void theCrossoversIntervalIsThatOfTheTrialsResampled() {
        ArmCurves baseline = arm("default", losses(0.5, 0.5, 0.5), losses(0.5, 0.5, 0.5), losses(0.5, 0.5, 0.5));
        ArmCurves arm = arm("zeros", losses(0.4, 0.45, 0.49), losses(0.4, 0.46, 0.58), losses(0.4, 0.54, 0.6));

        Crossover crossover = compare(null, baseline, arm).crossover().loss();

        assertThat(crossover.epoch()).isEqualTo(2);
        assertThat(crossover.ciLow()).isEqualTo(1);
        assertThat(crossover.ciHigh()).isNull();
        assertThat(crossover.share()).isCloseTo(26.0 / 27, within(0.01));
    }

    @Test
    void anArmThatStaysAheadHasNoCrossover() {
        ArmComparison comparison =
                compare(null, arm("default", losses(0.5, 0.5, 0.5)), arm("zeros", losses(0.4, 0.5, 0.3)));

        assertThat(comparison.crossover().loss()).isEqualTo(new Crossover(null, null, null, null));
    }
}
