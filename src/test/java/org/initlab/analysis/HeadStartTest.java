package org.initlab.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.initlab.analysis.Curves.arm;
import static org.initlab.analysis.Curves.compare;
import static org.initlab.analysis.Curves.losses;

import java.util.List;
import org.junit.jupiter.api.Test;

class HeadStartTest {
    private static final ConstantPredictor ONE_IN_TEN = ConstantPredictor.of(0.1, 0.1, (logit, positive) -> 0);
    private static final StepCurve NONE = new StepCurve(new long[0], new double[0]);

    @Test
    void theTimeToReachALossFollowsTheTrainingLossWithinTheEpoch() {
        // the training loss makes half of its fall in two of ten steps, so the test loss is half-way at 0.2 epochs
        StepCurve blade = new StepCurve(new long[] {0, 2, 6, 9}, new double[] {0.7, 0.5, 0.4, 0.3});
        LossDescent descent = new LossDescent(losses(0.7, 0.3), Curves.steps(blade));

        assertThat(descent.epochsUntil(0.5)).hasValueCloseTo(0.2, within(1e-12));
        assertThat(descent.epochsUntil(0.35)).hasValueCloseTo(0.75, within(1e-12));
        assertThat(descent.epochsUntil(0.8)).hasValue(0);
        assertThat(descent.epochsUntil(0.2)).isEmpty();
    }

    /** The same curve as above, but of a weighted loss, say: it falls when the weighted loss does, not when the test loss does. */
    @Test
    void anObjectiveOfAnotherKindDoesNotTellTheTimeWithinTheEpoch() {
        StepCurve blade = new StepCurve(new long[] {0, 2, 6, 9}, new double[] {0.7, 0.5, 0.4, 0.3});
        ArmCurves baseline = arm("default", losses(0.7, 0.3), losses(0.7, 0.3));
        ArmCurves arm = arm("zeros", losses(0.5, 0.3), losses(0.5, 0.3));

        ArmComparison comparison = Comparison.of(baseline, List.of(baseline, arm), ONE_IN_TEN, Curves.objectives(blade))
                .judged(Criterion.LOSS, null)
                .get(0);

        assertThat(comparison.headStart().interpolation()).isEqualTo(HeadStart.Interpolation.EPOCHS);
        assertThat(comparison.headStart().reached().get(0).baselineEpochs()).isCloseTo(0.5, within(1e-12));
        assertThat(comparison.verdict().text()).contains("for which default needs about 0.500 epochs;");
    }

    @Test
    void withoutStepLossesTheTimeIsInterpolatedBetweenTheEpochs() {
        LossDescent descent = new LossDescent(losses(0.7, 0.3, 0.2), Curves.steps(NONE));

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
