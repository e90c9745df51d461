package org.initlab.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.initlab.analysis.Curves.arm;
import static org.initlab.analysis.Curves.compare;
import static org.initlab.analysis.Curves.losses;
import static org.initlab.analysis.Curves.trial;

import java.util.List;
import org.initlab.analysis.TrialCurve.Fate;
import org.junit.jupiter.api.Test;

class ObjectiveComparisonTest {
    @Test
    void anObjectiveIsComparedBesideTheLoss() {
        ArmCurves baseline = new ArmCurves(
                "default",
                false,
                List.of(
                        trial(0, Fate.COMPLETED, losses(0.7, 0.4), losses(1.5, 0.9)),
                        trial(1, Fate.COMPLETED, losses(0.6, 0.5), losses(1.6, 0.8))));
        ArmCurves arm = new ArmCurves(
                "zeros",
                false,
                List.of(
                        trial(0, Fate.COMPLETED, losses(0.5, 0.3), losses(1.2, 1.0)),
                        trial(1, Fate.COMPLETED, losses(0.5, 0.4), losses(1.1, 1.2))));

        ArmComparison comparison = compare(null, baseline, arm);

        assertThat(comparison.epochs())
                .extracting(epoch -> epoch.objective().mean())
                .satisfiesExactly(start -> assertThat(start).isCloseTo(-0.4, within(1e-12)), end -> assertThat(end)
                        .isCloseTo(0.25, within(1e-12)));
        assertThat(comparison.epochs().get(1).loss().mean()).isCloseTo(-0.1, within(1e-12));
        assertThat(comparison.crossover().loss().epoch()).isNull();
        assertThat(comparison.crossover().objective().epoch()).isEqualTo(1);
    }

    @Test
    void ofPlainCrossEntropyItIsTheLoss() {
        ArmComparison comparison = compare(
                null,
                arm("default", losses(0.5, 0.4), losses(0.6, 0.4)),
                arm("zeros", losses(0.4, 0.5), losses(0.4, 0.6)));

        assertThat(comparison.epochs())
                .allSatisfy(epoch -> assertThat(epoch.objective()).isSameAs(epoch.loss()));
        assertThat(comparison.crossover().objective())
                .isSameAs(comparison.crossover().loss());
    }

    /** Half of the rows positive, a predictor that says a fifth. */
    @Test
    void theConstantPredictorHasALevelOfEveryQuantity() {
        ConstantPredictor constant = ConstantPredictor.of(0.2, 0.5, 0.9);

        assertThat(constant.level(Quantity.LOSS)).isCloseTo(-(Math.log(0.2) + Math.log(0.8)) / 2, within(1e-15));
        assertThat(constant.level(Quantity.ROC_AUC)).isEqualTo(0.5);
        assertThat(constant.level(Quantity.PR_AUC)).isEqualTo(0.5);
        assertThat(constant.level(Quantity.BRIER)).isCloseTo((0.64 + 0.04) / 2, within(1e-15));
        assertThat(constant.level(Quantity.OBJECTIVE)).isEqualTo(0.9);
        assertThat(constant.level(Quantity.MEAN_PROBABILITY)).isEqualTo(0.2);
        assertThat(constant.level(Quantity.ECE)).isCloseTo(0.3, within(1e-15));
    }
}
