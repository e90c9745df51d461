package org.initlab.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.initlab.analysis.Curves.arm;
import static org.initlab.analysis.Curves.compare;
import static org.initlab.analysis.Curves.comparison;
import static org.initlab.analysis.Curves.losses;
import static org.initlab.analysis.Curves.trial;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.initlab.analysis.TrialCurve.Fate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerdictTest {
    private static final ConstantPredictor ONE_IN_TEN = ConstantPredictor.of(0.1, 0.1, 0.2);
    private static final StepCurve NO_STEPS = new StepCurve(new long[0], new double[0]);
    private static final double[] JITTER = {-0.01, 0.011, 0.002, -0.004, 0.001};

    /** Five pairs; the arm's loss is the baseline's plus these shifts, with a jitter between the trials. */
    @ParameterizedTest
    @CsvSource({
        "-0.36, -0.1, 0.02, BETTER, 'ends better: after 1 epoch its loss is lower than that of default, by more than chance explains. It is lower by more than the margin of 0.0200: enough to matter.'",
        "-0.36, -0.1, 0.1, BETTER, 'Whether by more than the margin of 0.100, these trials cannot tell.'",
        "-0.36, -0.1, 0.2, BETTER, 'It is lower by less than the margin of 0.200: a difference, but too small to matter.'",
        "-0.36, 0.1, 0.02, WORSE, 'ends worse: after 1 epoch its loss is higher than that of default, by more than chance explains. It is higher by more than'",
        "-0.36, 0.1, 0.2, WORSE, 'It is higher by less than the margin of 0.200: a difference, but too small to matter.'",
        "-0.36, 0, 0.02, HEAD_START_ONLY, 'has a head start that does not last: after 1 epoch its loss is shown to differ from that of default by less than the margin of 0.0200. Its loss was lower before training, by more than chance explains.'",
        "-0.36, 0, 0.001, HEAD_START, 'has a head start, and these trials cannot tell whether it lasts: after 1 epoch they show neither that its loss differs from that of default nor that it does so by less than the margin of 0.00100. To find a true difference of that size four times in five takes 477 pairs that vary like these; there are 5.'",
        "-0.36, 0, , HEAD_START, 'cannot tell whether it lasts: after 1 epoch they do not show that its loss differs from that of default. After'",
        "0, 0, 0.02, NO_DIFFERENCE, 'makes no difference that matters: after 1 epoch its loss is shown to differ from that of default by less than the margin of 0.0200. Nor'",
        "0.36, 0, 0.02, NO_DIFFERENCE, 'makes no difference that matters'",
        "0, 0.008, 0.0145, INCONCLUSIVE, 'It takes 5 pairs that vary like these to find a true difference of that size four times in five; there are 5 already, and only more of them can tell.'",
        "0, 0, 0.001, INCONCLUSIVE, 'These trials cannot tell whether zeros makes a difference: after 1 epoch they show neither'",
        "0.36, 0, , INCONCLUSIVE, 'cannot tell whether zeros makes a difference: after 1 epoch they do not show that its loss differs from that of default. After'"
    })
    void theVerdictDependsOnTheEndTheStartAndTheMargin(
            double start, double end, Double margin, Verdict.Code code, String words) {
        ArmComparison comparison = comparison(ONE_IN_TEN, flat(), shifted("zeros", start, end))
                .judged(Criterion.LOSS, margin)
                .get(0);

        Verdict verdict = comparison.verdict();
        assertThat(verdict.code()).isEqualTo(code);
        assertThat(verdict.text())
                .startsWith(verdict.summary())
                .contains(words)
                .contains("5 pairs")
                .contains(start == 0 ? "a loss of 0.690, as default does" : "instead of 0.690");
        assertThat(comparison.equivalence() == null).isEqualTo(margin == null);
        assertThat(comparison.trialsNeeded() == null).isEqualTo(margin == null);
        assertThat(comparison.interval().level()).isEqualTo(0.95);
    }

    /** The area is one minus the loss. */
    @Test
    void ofAreasTheHigherIsBetter() {
        Comparison comparison = comparison(ONE_IN_TEN, flat(), shifted("zeros", 0, -0.1), shifted("constant", -0.3, 0));

        List<ArmComparison> arms = comparison.judged(Criterion.ROC_AUC, 0.02);

        assertThat(arms)
                .extracting(arm -> arm.verdict().code())
                .containsExactly(Verdict.Code.BETTER, Verdict.Code.HEAD_START_ONLY);
        assertThat(arms.get(0).verdict().text())
                .contains("its ROC-AUC is higher than that of default")
                .contains("in ROC-AUC by +0.100 (97.5 % interval")
                .contains("in loss by -0.100 (95 % interval");
        assertThat(comparison.judged(Criterion.PR_AUC, 0.02))
                .extracting(ArmComparison::verdict)
                .allSatisfy(verdict -> assertThat(verdict.code()).isEqualTo(Verdict.Code.TOO_FEW_TRIALS))
                .allSatisfy(verdict -> assertThat(verdict.text())
                        .contains("by its average precision: it takes 3 pairs, and there are 0.")
                        .contains("After 1 epoch it differs from default in loss by"));
    }

    /** Student's t is 5, which is beyond 4.30 for 95 % but not beyond 6.21 for 97.5 %. */
    @Test
    void amongSeveralArmsADifferenceHasToBeClearer() {
        ArmCurves baseline = arm("default", losses(0.7, 0.5), losses(0.7, 0.5), losses(0.7, 0.5));
        double deviation = 0.02 * Math.sqrt(3) / 5;
        ArmCurves lower = arm("zeros", losses(0.7, 0.48 - deviation), losses(0.7, 0.48), losses(0.7, 0.48 + deviation));
        ArmCurves other = arm("constant", losses(0.7, 0.5), losses(0.7, 0.51), losses(0.7, 0.49));

        ArmComparison alone = compare(ONE_IN_TEN, baseline, lower);
        ArmComparison among = comparison(ONE_IN_TEN, baseline, lower, other)
                .judged(Criterion.LOSS, null)
                .get(0);

        assertThat(alone.verdict().code()).isEqualTo(Verdict.Code.BETTER);
        assertThat(among.verdict().code()).isEqualTo(Verdict.Code.INCONCLUSIVE);
        assertThat(among.interval().level()).isEqualTo(0.975);
        assertThat(comparison(ONE_IN_TEN, baseline, lower, other)
                        .judged(Criterion.LOSS, 0.01)
                        .get(0)
                        .verdict()
                        .summary())
                .endsWith("takes 6 pairs that vary like these, and more with several arms; there are 3.");
        PairedDifference alonesLast = alone.epochs().get(1).loss();
        assertThat(alonesLast.tTestPAdjusted()).isEqualTo(alonesLast.tTestP());
        assertThat(among.epochs().get(1).loss().tTestPAdjusted()).isEqualTo(2 * alonesLast.tTestP());
        assertThat(among.epochs().get(1).loss().wilcoxonPAdjusted()).isEqualTo(1);
        assertThat(among.signFlipP()).isEqualTo(0.25);
    }

    /** The arms start alike to the digits shown, and then the baseline gets worse. */
    @Test
    void whatLooksAlikeIsNotSaidToBeStillOutOfReach() {
        ArmCurves baseline = arm("default", losses(0.69314, 0.9), losses(0.69315, 0.9), losses(0.69315, 0.91));
        ArmCurves arm = arm("zeros", losses(0.69310, 3e30), losses(0.69312, 4e30), losses(0.69313, 5e30));

        assertThat(compare(ONE_IN_TEN, baseline, arm).verdict().text())
                .contains("in loss by +4.00E+30 (95 % interval 1.52E+30 to 6.48E+30)")
                .endsWith("It starts at a loss of 0.693, as default does.");
    }

    @Test
    void theTextHoldsTheNumbers() {
        ArmCurves baseline = arm("default", losses(0.69, 0.30), losses(0.69, 0.31), losses(0.69, 0.32));
        ArmCurves arm = arm("positive_rate", losses(0.33, 0.28), losses(0.33, 0.30), losses(0.33, 0.29));

        assertThat(comparison(ONE_IN_TEN, baseline, arm)
                        .judged(Criterion.LOSS, 0.0163)
                        .get(0)
                        .verdict()
                        .text())
                .isEqualTo(
                        "positive_rate has a head start, and these trials cannot tell whether it lasts: after 1 epoch they show neither that "
                                + "its loss differs from that of default nor that it does so by less than the margin of 0.0163. To "
                                + "find a true difference of that size four times in five takes 6 pairs that vary like these; there "
                                + "are 3. After 1 epoch it differs from default in loss by -0.0200 (95 % interval -0.0448 to 0.00484) "
                                + "and in ROC-AUC by +0.0200 (95 % interval -0.00484 to 0.0448), over 3 pairs. It starts at a loss "
                                + "of 0.330 instead of 0.690, for which default needs 0.947 epochs (9 steps); a bias alone would "
                                + "bring 96 % of the loss drop in the first epoch of default.");
    }

    /** The areas of trials whose scores tie before training count as not measured then; the losses do. */
    @Test
    void areasOfScoresThatTieAreLeftOutWithAWarning() {
        ArmCurves baseline = tied(flat(), Set.of(0), 0, 1, 2, 3, 4);
        ArmCurves arm = tied(shifted("zeros", -0.3, 0), Set.of(0), 1);

        ArmComparison comparison = compare(ONE_IN_TEN, baseline, arm);

        EpochDifference before = comparison.epochs().get(0);
        assertThat(before.rocAuc().mean()).isNull();
        assertThat(before.rocAuc().tTestP()).isNull();
        assertThat(before.loss().tTestP()).isLessThan(0.01);
        assertThat(before.pairs()).isEqualTo(5);
        EpochDifference after = comparison.epochs().get(1);
        assertThat(after.rocAuc().tTestPAdjusted()).isEqualTo(after.rocAuc().tTestP());
        assertThat(comparison.warnings()).anySatisfy(warning -> assertThat(warning)
                .startsWith("Before training the scores of 5 pairs differ by little more than rounding"));
        ArmComparison some = comparison(ONE_IN_TEN, flat(), tied(shifted("zeros", 0, 0), Set.of(0, 1), 1, 2))
                .judged(Criterion.ROC_AUC, 0.1)
                .get(0);
        PairedDifference someAreas = some.epochs().get(0).rocAuc();
        assertThat(someAreas.mean()).isCloseTo(-(JITTER[0] + JITTER[3] + JITTER[4]) / 3, within(1e-12));
        assertThat(someAreas.pairs()).isEqualTo(3);
        assertThat(some.verdict().text())
                .containsPattern(
                        "in ROC-AUC by \\S+ \\(95 % interval [^)]*\\) over 3 pairs and in loss by [^)]*\\) over 5 pairs\\.");
        assertThat(compare(ONE_IN_TEN, tied(flat(), Set.of(0, 1), 0, 1), arm).warnings())
                .filteredOn(warning -> warning.contains("rounding"))
                .singleElement()
                .asString()
                .startsWith("Before training and after each epoch, the scores of up to 2 pairs differ");
    }

    /** Student's t is −4.1 before training: enough for one look, but not for looks after every trial. */
    @Test
    void whereAnExperimentMayStopEarlyALeadHasToBeSeenAtEveryLook() {
        SequentialDesign stopping = new SequentialDesign(5, 0.05);
        ArmCurves slightly = shifted("zeros", -0.014, 0);
        ArmCurves clearly = shifted("zeros", -0.1, 0);

        assertThat(judged(slightly, null).verdict().code()).isEqualTo(Verdict.Code.HEAD_START);
        assertThat(judged(slightly, stopping).verdict().code()).isEqualTo(Verdict.Code.INCONCLUSIVE);
        ArmComparison comparison = judged(clearly, stopping);
        assertThat(comparison.verdict().code()).isEqualTo(Verdict.Code.HEAD_START);
        assertThat(comparison.verdict().text()).contains("and more where one looks after every trial; there are 5.");
        assertThat(comparison.warnings()).first().asString().contains("go by the sequence");
    }

    /** More trials would not help: it takes a retry. */
    @Test
    void aFailedRunHoldsTheSequenceBackAndTheTextSaysSo() {
        TrialCurve failed = trial(1, Fate.FAILED, 0.69, 0.3);
        List<TrialCurve> trials = new ArrayList<>(flat().trials());
        trials.set(1, failed);
        SequentialDesign stopping = new SequentialDesign(3, 0.05);

        ArmComparison comparison = judged(new ArmCurves("default", false, trials), shifted("zeros", 0, 0.5), stopping);

        assertThat(comparison.sequence().low()).isNull();
        assertThat(comparison.verdict().code()).isEqualTo(Verdict.Code.INCONCLUSIVE);
        assertThat(comparison.verdict().summary())
                .endsWith("The sequence has only 1 of the 5 pairs: a run that failed or was cancelled holds it back.");
        assertThat(comparison.warnings())
                .anySatisfy(warning -> assertThat(warning).contains("it has only 1 of the 5 pairs. It goes on after"));
        assertThat(judged(shifted("zeros", 0, 0.5), stopping).warnings())
                .noneSatisfy(warning -> assertThat(warning).contains("held back"));
        trials.set(1, trial(1, Fate.OPEN, 0.69, 0.3));
        assertThat(judged(new ArmCurves("default", false, trials), shifted("zeros", 0, 0.5), stopping)
                        .warnings())
                .noneSatisfy(warning -> assertThat(warning).contains("held back"));
    }

    private static ArmComparison judged(ArmCurves arm, SequentialDesign stopping) {
        return judged(flat(), arm, stopping);
    }

    private static ArmComparison judged(ArmCurves baseline, ArmCurves arm, SequentialDesign stopping) {
        return Comparison.of(baseline, List.of(baseline, arm), ONE_IN_TEN, Curves.steps(NO_STEPS), stopping)
                .judged(Criterion.LOSS, 0.001)
                .get(0);
    }

    private static ArmCurves tied(ArmCurves arm, Set<Integer> epochs, Integer... trials) {
        return new ArmCurves(
                arm.arm(),
                arm.positiveRate(),
                arm.trials().stream()
                        .map(trial -> new TrialCurve(
                                trial.trial(),
                                trial.fate(),
                                trial.values(),
                                List.of(trials).contains(trial.trial()) ? epochs : Set.of()))
                        .toList());
    }

    @Test
    void scoresTieWhereRoundingMayHaveOrderedHalfOfThePairs() {
        assertThat(tiedEpochs(900, measured(900, 0.5), measured(900, 0.49), measured(1, 1.0)))
                .containsExactlyInAnyOrder(0, 2);
        // few kinds of rows, which the network tells apart
        assertThat(tiedEpochs(900, measured(2, 0.0))).isEmpty();
    }

    @Test
    void whereThatWasNotMeasuredTheyTieWhereTheyAreFewForTheRows() {
        assertThat(tiedEpochs(900, counted(1), counted(900), counted(800))).containsExactly(0);
        assertThat(tiedEpochs(38, counted(19), counted(37), counted(5), counted(20), counted(null)))
                .containsExactlyInAnyOrder(0, 2);
        // rows that another arm tells apart
        assertThat(tiedEpochs(300, counted(1), counted(4))).containsExactlyInAnyOrder(0, 1);
        // a table of six kinds of rows
        assertThat(tiedEpochs(6, counted(5), counted(6), counted(6))).isEmpty();
        assertThat(tiedEpochs(0, counted(null), counted(null))).isEmpty();
    }

    private static Set<Integer> tiedEpochs(int most, TiedScores.Epoch... epochs) {
        return TiedScores.epochs(List.of(epochs), most);
    }

    private static TiedScores.Epoch measured(Integer distinct, Double undecided) {
        return new TiedScores.Epoch(distinct, undecided);
    }

    private static TiedScores.Epoch counted(@Nullable Integer distinct) {
        return new TiedScores.Epoch(distinct, null);
    }

    private static ArmCurves flat() {
        double[][] losses = new double[JITTER.length][];
        Arrays.setAll(losses, i -> losses(0.69, 0.3));
        return arm("default", losses);
    }

    private static ArmCurves shifted(String label, double start, double end) {
        double[][] losses = new double[JITTER.length][];
        Arrays.setAll(losses, i -> losses(0.69 + start + JITTER[i], 0.3 + end + JITTER[i]));
        return arm(label, losses);
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

    /** By Holm the arm is significantly lower, as the other one is even more so; its interval is Bonferroni's and wider. */
    @Test
    void withoutTrainingThereIsNoEarlierLead() {
        ArmCurves baseline = arm("default", new double[] {0.7}, new double[] {0.7}, new double[] {0.7});
        ArmCurves arm = arm("zeros", new double[] {0.6}, new double[] {0.63}, new double[] {0.65});
        ArmCurves other = arm("constant", new double[] {0.5}, new double[] {0.501}, new double[] {0.499});

        ArmComparison comparison = comparison(ONE_IN_TEN, baseline, arm, other)
                .judged(Criterion.LOSS, 0.01)
                .get(0);

        assertThat(comparison.epochs().get(0).loss().tTestPAdjusted()).isLessThan(0.05);
        assertThat(comparison.verdict().code()).isEqualTo(Verdict.Code.INCONCLUSIVE);
    }

    @ParameterizedTest
    @CsvSource({
        "0.6, BETTER, starts better: before training its loss is lower",
        "0.8, WORSE, starts worse",
        "0.7, NO_DIFFERENCE, over 3 pairs"
    })
    void withoutTrainingTheVerdictIsAboutTheStart(double loss, Verdict.Code code, String words) {
        ArmCurves baseline = arm("default", new double[] {0.701}, new double[] {0.7}, new double[] {0.699});
        ArmCurves arm = arm("zeros", new double[] {loss}, new double[] {loss}, new double[] {loss});

        Verdict verdict = comparison(ONE_IN_TEN, baseline, arm)
                .judged(Criterion.LOSS, 0.01)
                .get(0)
                .verdict();

        assertThat(verdict.code()).isEqualTo(code);
        assertThat(verdict.text()).contains(words).doesNotContain("earlier");
    }

    /** As with heads of zeros, whose first scores are the bias only. */
    @Test
    void aLeadThatIsTheSameInAllTrialsIsOne() {
        ArmCurves baseline = arm("default", losses(0.69, 0.301), losses(0.69, 0.3), losses(0.69, 0.302));
        ArmCurves arm = arm("zeros", losses(0.3, 0.3), losses(0.3, 0.301), losses(0.3, 0.302));

        assertThat(comparison(ONE_IN_TEN, baseline, arm)
                        .judged(Criterion.LOSS, 0.02)
                        .get(0)
                        .verdict()
                        .code())
                .isEqualTo(Verdict.Code.HEAD_START_ONLY);
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
