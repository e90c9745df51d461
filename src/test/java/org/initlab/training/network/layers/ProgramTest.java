package org.initlab.training.network.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.initlab.training.engine.TorchScript;
import org.initlab.training.network.layers.Convolution.Geometry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is made ready for evaluation once, and how its products are computed. */
class ProgramTest {
    private final NDManager manager = NDManager.newBaseManager(Device.cpu());
    private NDArray images;

    @BeforeEach
    void draw() {
        images = manager.randomNormal(new Shape(16, 8, 4, 4));
    }

    @AfterEach
    void close() {
        manager.close();
    }

    private NormalizedConvolution layer(Activation activation) {
        NormalizedConvolution layer = new NormalizedConvolution.Style(manager, BatchNorm.Constants.DEFAULT, activation)
                .activated(Geometry.pointwise(8, 12));
        layer.initialize(manager);
        return layer;
    }

    @Test
    void evaluationSeesWeightsThatWereWrittenAfterTheEvaluationBefore() {
        NormalizedConvolution layer = layer(Activation.NONE);
        NDArray before = layer.apply(images, false);
        layer.parameters().get("0.weight").array().muli(2);

        assertEqual(layer.apply(images, false), before.mul(2));
        layer.parameters().get("1.bias").array().addi(3);
        assertEqual(layer.apply(images, false), before.mul(2).add(3));
    }

    @Test
    void evaluationSeesStatisticsThatTrainingMoved() {
        NormalizedConvolution layer = layer(Activation.NONE);
        layer.apply(images, false);
        for (int batch = 0; batch < 200; batch++) {
            layer.apply(images, true).close();
        }

        // by then they are those of the images
        NDArray evaluated = layer.apply(images, false);
        assertThat(evaluated.mean().getFloat()).isCloseTo(0, within(1e-5f));
        assertThat(evaluated.square().mean().getFloat()).isCloseTo(1, within(0.01f));
    }

    @ParameterizedTest
    @EnumSource
    void withAndWithoutOneDnnTheValuesAreTheSame(Activation activation) {
        NormalizedConvolution layer = layer(activation);
        NDArray expected = run(layer, Program.ANYWHERE, false);

        assertEqual(run(layer, Program.WITH_ONEDNN, false), expected);
        assertThat(run(layer, Program.WITH_ONEDNN, true)).isEqualTo(run(layer, Program.ANYWHERE, true));
    }

    private NDArray run(NormalizedConvolution layer, String module, boolean training) {
        return Program.of(layer, new TorchScript(manager, Program.class, module))
                .run(images, training);
    }

    private static void assertEqual(NDArray actual, NDArray expected) {
        assertThat(actual.toFloatArray()).containsExactly(expected.toFloatArray(), within(1e-5f));
    }
}
