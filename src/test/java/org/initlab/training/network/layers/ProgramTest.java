package org.initlab.training.network.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import java.util.List;
import org.initlab.training.engine.Autograd;
import org.initlab.training.engine.Backward;
import org.initlab.training.engine.TorchScript;
import org.initlab.training.network.layers.Convolution.Geometry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What is made ready for evaluation once, how its products are computed, and gradients that autograd doesn't compute. */
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

    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
                    3, 1, 1
                    3, 1, 2
                    3, 1, 9
                    3, 2, 2
                    3, 2, 3
                    5, 1, 2
                    5, 1, 4
                    5, 1, 9
                    5, 2, 2
                    5, 2, 3
                    5, 2, 9
                    5, 2, 10
                    7, 1, 5
                    7, 2, 12
                    9, 1, 16
                    9, 2, 7""")
    void lateWeightsHaveAutogradsGradients(int kernel, int stride, int size) {
        Chain layers = new Chain(manager);
        NormalizedConvolution.Style style =
                new NormalizedConvolution.Style(manager, BatchNorm.Constants.DEFAULT, Activation.SILU);
        layers.add(style.linear(Geometry.pointwise(8, 12)))
                .add(style.activated(Geometry.pointwise(12, 40)))
                .add(style.activated(Geometry.depthwise(40, kernel, stride)))
                .add(style.linear(Geometry.pointwise(40, 24)));
        layers.initialize(manager);
        images = manager.randomNormal(new Shape(6, 8, size, size));

        List<NDArray> expected = gradients(layers, Program.ANYWHERE);
        List<NDArray> actual = gradients(layers, Program.WITH_ONEDNN);

        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            float norm = expected.get(i).norm().getFloat();
            assertThat(actual.get(i).getShape()).isEqualTo(expected.get(i).getShape());
            assertThat(actual.get(i).sub(expected.get(i)).norm().getFloat())
                    .as("gradient " + i)
                    .isLessThan((1 + norm) * 1e-5f);
        }
    }

    /** Of the sum of all outputs, each with a weight of its own. */
    private List<NDArray> gradients(Chain layers, String module) {
        Program program = Program.of(layers, new TorchScript(manager, Program.class, module));
        Backward backward = program.backward();
        NDArray loss = Autograd.record(() -> {
            NDArray outputs = program.run(images, true);
            return outputs.mul(manager.arange((int) outputs.size())
                            .reshape(outputs.getShape())
                            .cos())
                    .sum();
        });
        PtNDArray[] learnt = layers.parameters().values().stream()
                .filter(Parameter::learnt)
                .map(parameter -> (PtNDArray) parameter.array())
                .toArray(PtNDArray[]::new);
        try (IValue scalar = IValue.from((PtNDArray) loss);
                IValue parameters = IValue.listFrom(learnt);
                IValue gradients = backward.gradients(scalar, parameters)) {
            return gradients.toNDList((PtNDManager) manager);
        }
    }

    private NDArray run(NormalizedConvolution layer, String module, boolean training) {
        return Program.of(layer, new TorchScript(manager, Program.class, module))
                .run(images, training);
    }

    private static void assertEqual(NDArray actual, NDArray expected) {
        assertThat(actual.toFloatArray()).containsExactly(expected.toFloatArray(), within(1e-5f));
    }
}
