package org.initlab.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.initlab.analysis.Curves.arm;
import static org.initlab.analysis.Curves.compare;
import static org.initlab.analysis.Curves.losses;
import static org.initlab.analysis.Curves.trial;

import java.util.List;
import org.initlab.analysis.TrialCurve.Fate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerdictTest {
    private static final ConstantPredictor ONE_IN_TEN = ConstantPredictor.of(0.1, 0.1, (logit, positive) -> 0);

    /** Five pairs; the arm's loss is the baseline's plus these shifts, with a jitter between the trials. */
    @ParameterizedTest
    @CsvSource({
        "-0.36, -0.1, BETTER, ends better",
        "-0.36, 0.1, WORSE, ends worse",
        "-0.36, 0, HEAD_START_ONLY, does not last",
        "0, 0, NO_DIFFERENCE, no difference that these trials can show",
        "0.36, 0, NO_DIFFERENCE, no difference that these trials can show"
    })
    void theVerdictDependsOnTheLossAtTheEndAndBefore(double start, double end, Verdict.Code code, String words) {
        double[] jitter = {-0.01, 0.011, 0.002, -0.004, 0.001};
        double[][] losses = new double[jitter.length][];
        for (int i = 0; i < jitter.length; i++) {
            losses[i] = losses(0.69 + start + jitter[i], 0.3 + end + jitter[i]);
        }
        ArmCurves baseline = arm(
                "default",
                losses(0.69, 0.3),
                losses(0.69, 0.3),
                losses(0.69, 0.3),
                losses(0.69, 0.3),
                losses(0.69, 0.3));

        Verdict verdict = compare(ONE_IN_TEN, baseline, arm("zeros", losses)).verdict();

        assertThat(verdict.code()).isEqualTo(code);
        assertThat(verdict.text()).contains(words).contains("5 pairs").contains("instead of 0.690");
    }

    @Test
    void theTextHoldsTheNumbers() {
        ArmCurves baseline = arm("default", losses(0.69, 0.30), losses(0.69, 0.31), losses(0.69, 0.32));
        ArmCurves arm = arm("positive_rate", losses(0.33, 0.28), losses(0.33, 0.30), losses(0.33, 0.29));

        assertThat(compare(ONE_IN_TEN, baseline, arm).verdict().text())
                .isEqualTo(
                        "positive_rate makes no difference that these trials can show: after 1 epoch its loss differs "
                                + "from that of default by -0.0200 (95 % interval -0.0448 to 0.00484) and its ROC-AUC by +0.0200 "
                                + "(95 % interval -0.00484 to 0.0448), over 3 pairs. It starts at a loss of 0.330 instead of 0.690, "
                                + "for which default needs 0.947 epochs (9 steps); a bias alone would bring 96 % of the loss drop "
                                + "in the first epoch of default.");
    }

    @Test
    void aRunningExperimentSaysWhatIsKnownSoFar() {
        ArmCurves baseline =
                new ArmCurves("default", false, List.of(trial(0, Fate.COMPLETED, 0.7, 0.3), trial(1, Fate.OPEN, 0.7)));
        ArmCurves arm = new ArmCurves("zeros", false, List.of(trial(0, Fate.OPEN, 0.6, 0.3), trial(1, Fate.OPEN)));

        ArmComparison comparison = compare(ONE_IN_TEN, baseline, arm);

        assertThat(comparison.verdict().code()).isEqualTo(Verdict.Code.STILL_RUNNING);
        assertThat(comparison.epochs()).extracting(EpochDifference::pairs).containsExactly(1, 1);
        assertThat(comparison.epochs().get(0).loss().ciLow()).isNull();
    }

    @Test
    void anExperimentWithoutAnEpochHasNothingToCompare() {
        ArmCurves none = new ArmCurves("default", false, List.of(trial(0, Fate.OPEN)));
        ArmCurves either = new ArmCurves("zeros", false, List.of(trial(0, Fate.OPEN)));

        ArmComparison comparison = compare(null, none, either);

        assertThat(comparison.epochs()).isEmpty();
        assertThat(comparison.headStart().reached()).isEmpty();
        assertThat(comparison.initialLoss().entropy()).isNull();
        assertThat(comparison.verdict().text()).contains("nothing to compare");
    }

    @Test
    void aTrialWithADivergedRunIsLeftOutAtEveryEpochWithAWarning() {
        ArmCurves baseline = arm("default", losses(0.7, 0.3), losses(0.7, 0.3), losses(0.7, 0.3));
        ArmCurves arm = new ArmCurves(
                "constant",
                false,
                List.of(
                        trial(0, Fate.COMPLETED, 0.6, 0.3),
                        trial(1, Fate.DIVERGED, 99),
                        trial(2, Fate.CANCELLED, 0.6)));

        ArmComparison comparison = compare(ONE_IN_TEN, baseline, arm);

        assertThat(comparison.epochs()).extracting(EpochDifference::pairs).containsExactly(2, 1);
        assertThat(comparison.verdict().code()).isEqualTo(Verdict.Code.TOO_FEW_TRIALS);
        assertThat(comparison.warnings())
                .anySatisfy(warning -> assertThat(warning).startsWith("1 of 3 runs of constant diverged"))
                .anySatisfy(warning -> assertThat(warning).startsWith("1 of 3 runs of constant was cancelled"))
                .anySatisfy(warning -> assertThat(warning).startsWith("There is only 1 pair of trials"));
    }

    @Test
    void aPositiveRateBiasThatMissesTheEntropyGivesAWarning() {
        ArmCurves baseline = arm("default", losses(0.69));

        assertThat(compare(ONE_IN_TEN, baseline, arm("positive_rate", losses(0.36)))
                        .warnings())
                .anySatisfy(warning -> assertThat(warning)
                        .startsWith("positive_rate starts at a loss of 0.360, 11 % above the 0.325"));
        assertThat(compare(ONE_IN_TEN, baseline, arm("positive_rate", losses(0.35)))
                        .warnings())
                .noneSatisfy(warning -> assertThat(warning).contains("starts at"));
        assertThat(compare(ONE_IN_TEN, baseline, arm("zeros", losses(0.69))).warnings())
                .noneSatisfy(warning -> assertThat(warning).contains("starts at"));
    }

    @Test
    void overlappingBandsGiveAWarning() {
        ArmCurves baseline = arm("default", losses(0.69, 0.2), losses(0.69, 0.4));
        ArmCurves arm = arm("zeros", losses(0.69, 0.19), losses(0.69, 0.39));

        assertThat(compare(ONE_IN_TEN, baseline, arm).warnings())
                .anySatisfy(warning -> assertThat(warning).contains("own 95 % intervals of the loss overlap"));
    }
}
