package org.initlab.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.SplittableRandom;
import org.initlab.training.objective.BinaryCrossEntropy;
import org.initlab.training.objective.Objective;
import org.initlab.training.spec.Precision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

class BinaryMetricsTest {
    private static final Objective CROSS_ENTROPY = new BinaryCrossEntropy();
    private static final ScoreNoise NOISE = new ScoreNoise(0, Precision.FLOAT32);

    /** What scikit-learn and numpy compute; see {@code golden/metrics.py}. */
    record Case(
            String name,
            float[] logits,
            byte[] labels,
            double loss,
            Double rocAuc,
            Double prAuc,
            double brier,
            double meanProbability,
            double ece) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Case> cases() throws IOException {
        try (InputStream json = BinaryMetricsTest.class.getResourceAsStream("/golden/metrics.json")) {
            return List.of(JsonMapper.shared().readValue(json, Case[].class));
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theMetricsAreScikitLearns(Case expected) {
        BinaryMetrics metrics = BinaryMetrics.of(expected.logits, expected.labels, CROSS_ENTROPY, NOISE);

        assertThat(metrics.loss()).isCloseTo(expected.loss, within(1e-12 * Math.max(1, expected.loss)));
        assertClose(metrics.rocAuc(), expected.rocAuc);
        assertClose(metrics.prAuc(), expected.prAuc);
        assertThat(metrics.brier()).isCloseTo(expected.brier, within(1e-12));
        assertThat(metrics.meanProbability()).isCloseTo(expected.meanProbability, within(1e-12));
        assertThat(metrics.ece()).isCloseTo(expected.ece, within(1e-12));
        assertThat(metrics.objective()).isEqualTo(metrics.loss());
    }

    /** One in each of three bins is where it should be; of the middle one's two rows, both are positive at one half. */
    @Test
    void aCertainLogitIsAProbabilityInTheOutermostBin() {
        float[] logits = {0, 0, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.NEGATIVE_INFINITY};
        BinaryMetrics metrics = BinaryMetrics.of(logits, bytes(new int[] {1, 1, 1, 0, 1}), CROSS_ENTROPY, NOISE);

        assertThat(metrics.meanProbability()).isEqualTo((0.5 + 0.5 + 1) / 5);
        assertThat(metrics.ece()).isCloseTo((1 + 0 + 1) / 5.0, within(1e-15));
        assertThat(metrics.loss()).isNotFinite();
    }

    @Test
    void theObjectiveIsTheMeanOverTheRowsAsTheyAre() {
        BinaryMetrics metrics =
                BinaryMetrics.of(new float[] {2, 3, -1}, bytes(new int[] {1, 0, 0}), new SquareOrTriple(), NOISE);

        assertThat(metrics.objective()).isEqualTo((3 * 2 + 3 * 3 + 1) / 3.0);
        // ln(1 + e^-2), ln(1 + e^3), ln(1 + e^-1)
        assertThat(metrics.loss())
                .isCloseTo((0.12692801104297 + 3.04858735157374 + 0.31326168751822) / 3, within(1e-12));
    }

    /** Counted by hand: of the four pairs of a positive and a negative, two are in order, one is tied. */
    @Test
    void rocAucIsTheShareOfPairsInOrderWithTiesCountedHalf() {
        BinaryMetrics metrics =
                BinaryMetrics.of(new float[] {2, 1, 1, 3}, bytes(new int[] {1, 1, 0, 0}), CROSS_ENTROPY, NOISE);

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
        assertThat(BinaryMetrics.of(logits, bytes(labels), CROSS_ENTROPY, NOISE).rocAuc())
                .isCloseTo(ordered / pairs, within(1e-12));
    }

    @Test
    void aNanLogitLeavesNoOrder() {
        BinaryMetrics metrics =
                BinaryMetrics.of(new float[] {1, Float.NaN}, bytes(new int[] {1, 0}), CROSS_ENTROPY, NOISE);

        assertThat(metrics.loss()).isNaN();
        assertThat(metrics.rocAuc()).isNull();
        assertThat(metrics.prAuc()).isNull();
        assertThat(List.of(metrics.brier(), metrics.objective(), metrics.meanProbability(), metrics.ece()))
                .allMatch(value -> value.isNaN());
    }

    @Test
    void scoresThatAreTheSameNumberCountOnce() {
        byte[] labels = bytes(new int[] {1, 1, 0, 0});
        assertThat(BinaryMetrics.of(new float[] {2, 1, 1, 3}, labels, CROSS_ENTROPY, NOISE)
                        .distinctScores())
                .isEqualTo(3);
        assertThat(BinaryMetrics.of(new float[] {0f, -0f, 0f, 0f}, labels, CROSS_ENTROPY, NOISE)
                        .distinctScores())
                .isEqualTo(1);
        // a bias of 0.1 swallows what tells the rows apart
        float bias = 0.1f;
        float[] alike = {bias + 1e-9f, bias - 1e-9f, bias + 2e-9f, bias};
        BinaryMetrics swallowed = BinaryMetrics.of(alike, labels, CROSS_ENTROPY, NOISE);
        assertThat(swallowed.distinctScores()).isEqualTo(1);
        assertThat(swallowed.rocAuc()).isEqualTo(0.5);
        assertThat(BinaryMetrics.of(new float[] {1, Float.NaN, 0, 0}, labels, CROSS_ENTROPY, NOISE)
                        .distinctScores())
                .isNull();
    }

    /** A float32 is followed by another after 2^-23 of its power of two, a bfloat16 after 2^-7. */
    @ParameterizedTest
    @CsvSource({
        "0, FLOAT32, 15, 1",
        "0, FLOAT32, 17, 0",
        "-5, FLOAT32, 63, 1",
        "-5, FLOAT32, 65, 0",
        "0, BFLOAT16, 131072, 1",
        "0, BFLOAT16, 131073, 0"
    })
    void aPairIsUndecidedWithinTheRoundingOfTheScoreOrTheBias(
            float bias, Precision precision, int apart, double expected) {
        float[] logits = {1, 1 + apart * Math.ulp(1f)};
        assertThat(UndecidedPairs.share(logits, bytes(new int[] {1, 0}), new ScoreNoise(bias, precision)))
                .isEqualTo(expected);
    }

    @Test
    void rowsThatAreAlikeAreDecidedUnlessOthersAreNear() {
        byte[] labels = bytes(new int[] {1, 1, 0, 0});
        assertThat(undecided(labels, 1, 2, 1, 3)).isZero();
        assertThat(undecided(labels, 1, 2, 1, Math.nextUp(1f))).isEqualTo(2 / 4.0);
        // a positive row that is near tells as well that rounding was at work
        assertThat(undecided(labels, 1, Math.nextUp(1f), 1, 3)).isEqualTo(2 / 4.0);
        assertThat(undecided(labels, 1, 1, 1, 1)).isOne();
        assertThat(undecided(labels, 0f, -0f, 0f, 0f)).isOne();
        assertThat(undecided(labels, Float.POSITIVE_INFINITY, 1, Float.POSITIVE_INFINITY, 2))
                .isZero();
        assertThat(undecided(bytes(new int[] {1, 1, 1, 1}), 1, 1, 1, 1)).isNull();
        assertThat(undecided(labels, 1, Float.NaN, 1, 1)).isNull();
    }

    private static Double undecided(byte[] labels, float... logits) {
        return BinaryMetrics.of(logits, labels, CROSS_ENTROPY, NOISE).undecidedPairs();
    }

    @Test
    void logitsWithoutTheirLabelsAreRefused() {
        assertThatThrownBy(() -> BinaryMetrics.of(new float[2], new byte[3], CROSS_ENTROPY, NOISE))
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

    /** Three times a positive's logit, and the square of a negative's. */
    private static final class SquareOrTriple implements Objective {
        @Override
        public NDArray mean(NDArray logits, NDArray labels) {
            throw new UnsupportedOperationException();
        }

        @Override
        public double value(double logit, boolean positive) {
            return positive ? 3 * logit : logit * logit;
        }
    }
}
