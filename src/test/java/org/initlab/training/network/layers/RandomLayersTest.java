package org.initlab.training.network.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rates are compared within five standard deviations of their estimate. */
class RandomLayersTest {
    private static final int ROWS = 20_000;
    private final NDManager manager = NDManager.newBaseManager(Device.cpu());

    @BeforeEach
    void seed() {
        JniUtils.setSeed(7);
    }

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void stochasticDepthDropsWholeRowsAndScalesUpTheOthers() {
        double rate = 0.3;
        float[] values = new StochasticDepth(manager, rate)
                .apply(manager.ones(new Shape(ROWS, 2, 2, 1)), true)
                .toFloatArray();
        int dropped = 0;
        for (int row = 0; row < ROWS; row++) {
            float[] cells = Arrays.copyOfRange(values, row * 4, row * 4 + 4);
            assertThat(cells).containsOnly(cells[0]);
            assertThat(cells[0]).isIn(0f, (float) (1 / (1 - rate)));
            dropped += cells[0] == 0 ? 1 : 0;
        }
        assertThat((double) dropped / ROWS).isCloseTo(rate, within(5 * Math.sqrt(rate * (1 - rate) / ROWS)));
    }

    @Test
    void dropoutDropsSingleValuesAndScalesUpTheOthers() {
        double rate = 0.2;
        float[] values = new Dropout(rate)
                .apply(manager.ones(new Shape(ROWS / 10, 10)), true)
                .toFloatArray();
        int dropped = 0;
        for (float value : values) {
            assertThat(value).isIn(0f, (float) (1 / (1 - rate)));
            dropped += value == 0 ? 1 : 0;
        }
        assertThat((double) dropped / ROWS).isCloseTo(rate, within(5 * Math.sqrt(rate * (1 - rate) / ROWS)));
    }

    @Test
    void equalSeedsGiveEqualNoise() {
        NDArray ones = manager.ones(new Shape(100, 10));
        float[] first = new Dropout(0.5).apply(ones, true).toFloatArray();
        assertThat(new Dropout(0.5).apply(ones, true).toFloatArray()).isNotEqualTo(first);
        JniUtils.setSeed(7);
        assertThat(new Dropout(0.5).apply(ones, true).toFloatArray()).containsExactly(first);
    }

    @Test
    void neitherChangesAnythingInEvaluationOrAtRateZero() {
        for (boolean training : new boolean[] {false, true}) {
            double rate = training ? 0 : 0.5;
            for (Layer layer : List.of(new Dropout(rate), new StochasticDepth(manager, rate))) {
                NDArray ones = manager.ones(new Shape(4, 2, 2, 2));
                NDArray applied = layer.apply(ones, training);
                assertThat(applied).isNotSameAs(ones).isEqualTo(ones);
                applied.close();
                assertThat(ones.isReleased()).isFalse();
                assertThat(layer.take(ones, training)).isSameAs(ones);
            }
        }
    }
}
