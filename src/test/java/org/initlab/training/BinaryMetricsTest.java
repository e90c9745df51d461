package org.initlab.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Expected values are scikit-learn's: {@code roc_auc_score}, {@code average_precision_score}, the mean squared error
 * of {@code 1 / (1 + exp(-x))}, and numpy's mean of {@code maximum(x, 0) - x y + log1p(exp(-abs(x)))}, on float64 of the
 * float32 logits.
 */
class BinaryMetricsTest {
    record Case(String name, float[] logits, int[] labels, double loss, Double rocAuc, Double prAuc, double brier) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Case> cases() {
        return List.of(
                new Case(
                        "ties",
                        new float[] {0.5f, 0.5f, -1, 2, 2, 2, -1, 0.25f},
                        new int[] {1, 0, 0, 1, 0, 1, 1, 0},
                        0.7851750995505525,
                        0.625,
                        0.6083333333333334,
                        0.28212916163420565),
                new Case(
                        "constant scores",
                        new float[] {-2.2f, -2.2f, -2.2f, -2.2f, -2.2f, -2.2f},
                        new int[] {1, 0, 0, 0, 0, 1},
                        0.8384166642401274,
                        0.5,
                        0.3333333333333333,
                        0.2767831693335694),
                new Case(
                        "extreme logits and two zeros",
                        new float[] {-800, 700, -3e4f, 88.5f, -0.0f, 0},
                        new int[] {0, 1, 1, 0, 1, 0},
                        5014.981049060186,
                        0.5,
                        0.6666666666666667,
                        0.4166666666666667),
                new Case(
                        "perfect",
                        new float[] {3, 2, 1, -1, -2},
                        new int[] {1, 1, 0, 0, 0},
                        0.3857933497392265,
                        1.0,
                        1.0,
                        0.12748880404018262),
                new Case(
                        "reversed",
                        new float[] {-3, -2, 1, 2},
                        new int[] {1, 1, 0, 0},
                        2.1539262652944773,
                        0.0,
                        0.41666666666666663,
                        0.748362774407199),
                new Case(
                        "only negatives",
                        new float[] {1, 2, 3},
                        new int[] {0, 0, 0},
                        2.1629256833783126,
                        null,
                        null,
                        0.7392158683514735),
                new Case(
                        "only positives",
                        new float[] {1, 2, 3},
                        new int[] {1, 1, 1},
                        0.16292568337831248,
                        null,
                        1.0,
                        0.02959601273125965));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theMetricsAreScikitLearns(Case expected) {
        BinaryMetrics metrics = BinaryMetrics.of(expected.logits, bytes(expected.labels));

        assertThat(metrics.loss()).isCloseTo(expected.loss, within(1e-12 * Math.max(1, expected.loss)));
        assertClose(metrics.rocAuc(), expected.rocAuc);
        assertClose(metrics.prAuc(), expected.prAuc);
        assertThat(metrics.brier()).isCloseTo(expected.brier, within(1e-12));
    }

    /** Counted by hand: of the four pairs of a positive and a negative, two are in order, one is tied. */
    @Test
    void rocAucIsTheShareOfPairsInOrderWithTiesCountedHalf() {
        BinaryMetrics metrics = BinaryMetrics.of(new float[] {2, 1, 1, 3}, bytes(new int[] {1, 1, 0, 0}));

        assertThat(metrics.rocAuc()).isEqualTo((1 + 0.5) / 4);
    }

    @Test
    void rocAucCountsEveryPairOfManyRows() {
        SplittableRandom random = new SplittableRandom(1);
        float[] logits = new float[300];
        int[] labels = new int[300];
        for (int row = 0; row < 300; row++) {
            labels[row] = random.nextInt(10) == 0 ? 1 : 0;
            logits[row] = random.nextInt(-20, 20) / 4f;
        }
        double pairs = 0;
        double ordered = 0;
        for (int positive = 0; positive < 300; positive++) {
            for (int negative = 0; negative < 300; negative++) {
                if (labels[positive] == 1 && labels[negative] == 0) {
                    pairs++;
                    ordered += logits[positive] > logits[negative] ? 1 : logits[positive] == logits[negative] ? 0.5 : 0;
                }
            }
        }
        assertThat(BinaryMetrics.of(logits, bytes(labels)).rocAuc()).isCloseTo(ordered / pairs, within(1e-12));
    }

    @Test
    void aNanLogitLeavesNoOrder() {
        BinaryMetrics metrics = BinaryMetrics.of(new float[] {1, Float.NaN}, bytes(new int[] {1, 0}));

        assertThat(metrics.loss()).isNaN();
        assertThat(metrics.rocAuc()).isNull();
        assertThat(metrics.prAuc()).isNull();
    }

    @Test
    void logitsWithoutTheirLabelsAreRefused() {
        assertThatThrownBy(() -> BinaryMetrics.of(new float[2], new byte[3]))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static void assertClose(Double actual, Double expected) {
        if (expected == null) {
            assertThat(actual).isNull();
        } else {
            assertThat(actual).isCloseTo(expected, within(1e-12));
        }
    }

    private static byte[] bytes(int[] labels) {
        byte[] bytes = new byte[labels.length];
        for (int row = 0; row < bytes.length; row++) {
            bytes[row] = (byte) labels[row];
        }
        return bytes;
    }
}
