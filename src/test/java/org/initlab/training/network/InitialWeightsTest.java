package org.initlab.training.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.initlab.training.weights.StateDict;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Moments are compared within five standard deviations of their estimate. */
class InitialWeightsTest {
    private BinaryClassifier classifier;

    @BeforeEach
    void initialize() {
        classifier = TrainingSteps.classifier("efficientnet_b0", 0.2, 0.2);
        classifier.initialize(1);
    }

    @AfterEach
    void close() {
        classifier.close();
    }

    /** The stem, a depthwise, a squeezing and the last convolution: normal, of variance 2 / (outputs * kernel area). */
    @ParameterizedTest
    @CsvSource({
        "features.0.0.weight, 288",
        "features.6.1.block.1.0.weight, 28800",
        "features.6.1.block.2.fc1.weight, 48",
        "features.8.0.weight, 1280"
    })
    void convolutionsAreKaimingNormalByFanOut(String name, int fanOut) {
        assertKaimingNormal(values("backbone." + name), fanOut);
    }

    private static void assertKaimingNormal(float[] values, int fanOut) {
        assertNormal(values, Math.sqrt(2.0 / fanOut));
    }

    private static void assertNormal(float[] values, double deviation) {
        int n = values.length;
        assertThat(moment(values, 1)).isCloseTo(0, within(5 * deviation / Math.sqrt(n)));
        assertThat(moment(values, 2) / (deviation * deviation)).isCloseTo(1, within(5 * Math.sqrt(2.0 / n)));
        assertThat(moment(values, 4) / Math.pow(deviation, 4)).isCloseTo(3, within(5 * Math.sqrt(96.0 / n)));
    }

    @ParameterizedTest
    @CsvSource({"backbone.classifier.1.weight", "output.weight"})
    void linearWeightsAreUniformByThousandFeatures(String name) {
        assertUniform(values(name), 1000);
    }

    private static void assertUniform(float[] values, int features) {
        double bound = 1 / Math.sqrt(features);
        int n = values.length;
        double largest = 0;
        for (float value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        assertThat(largest).isLessThanOrEqualTo(bound + 1e-8);
        assertThat(moment(values, 1) / bound).isCloseTo(0, within(5 / Math.sqrt(3.0 * n)));
        assertThat(moment(values, 2) / (bound * bound)).isCloseTo(1 / 3.0, within(5 * Math.sqrt(4 / 45.0 / n)));
    }

    /** A ResNet's classifier is PyTorch's default Linear, including its bias. */
    @Test
    void aResNetStartsAsTorchvisions() {
        try (BinaryClassifier resNet = TrainingSteps.classifierWithoutNoise("resnet18")) {
            resNet.initialize(1);
            Map<String, StateDict.Tensor> state = resNet.stateDict().tensors();
            assertKaimingNormal(state.get("backbone.conv1.weight").values(), 64 * 7 * 7);
            assertKaimingNormal(state.get("backbone.layer3.0.conv2.weight").values(), 256 * 3 * 3);
            assertKaimingNormal(
                    state.get("backbone.layer4.0.downsample.0.weight").values(), 512);
            assertUniform(state.get("backbone.fc.weight").values(), 512);
            assertUniform(state.get("backbone.fc.bias").values(), 512);
            assertThat(state.get("backbone.layer4.1.bn2.weight").values()).containsOnly(1);
            assertThat(state.get("backbone.layer4.1.bn2.bias").values()).containsOnly(0);
        }
    }

    @Test
    void aMobileNetStartsAsTorchvisions() {
        try (BinaryClassifier mobileNet = TrainingSteps.classifierWithoutNoise("mobilenet_v3_small")) {
            mobileNet.initialize(1);
            Map<String, StateDict.Tensor> state = mobileNet.stateDict().tensors();
            assertKaimingNormal(state.get("backbone.features.0.0.weight").values(), 16 * 3 * 3);
            assertKaimingNormal(
                    state.get("backbone.features.10.block.1.0.weight").values(), 576 * 5 * 5);
            assertKaimingNormal(
                    state.get("backbone.features.10.block.2.fc1.weight").values(), 144);
            assertNormal(state.get("backbone.classifier.0.weight").values(), 0.01);
            assertNormal(state.get("backbone.classifier.3.weight").values(), 0.01);
            assertNeutral(state);
        }
    }

    @Test
    void aConvNeXtStartsAsTorchvisions() {
        try (BinaryClassifier convNeXt = TrainingSteps.classifierWithoutNoise("convnext_tiny")) {
            convNeXt.initialize(1);
            Map<String, StateDict.Tensor> state = convNeXt.stateDict().tensors();
            for (String name : List.of("0.0", "2.1", "5.4.block.0", "5.4.block.3", "7.2.block.5")) {
                assertNormal(state.get("backbone.features." + name + ".weight").values(), 0.02);
            }
            assertNormal(state.get("backbone.classifier.2.weight").values(), 0.02);
            state.forEach((name, tensor) -> {
                if (name.endsWith("layer_scale")) {
                    assertThat(tensor.values()).as(name).containsOnly(1e-6f);
                }
            });
            assertNeutral(state);
        }
    }

    @Test
    void normalisationStartsNeutralAndBiasesAtZero() {
        assertNeutral(state());
    }

    private static void assertNeutral(Map<String, StateDict.Tensor> state) {
        state.forEach((name, tensor) -> {
            boolean normalisation = tensor.shape().length == 1 && !name.startsWith("output.");
            if (normalisation && (name.endsWith("weight") || name.endsWith("running_var"))) {
                assertThat(tensor.values()).as(name).containsOnly(1);
            } else if (normalisation) {
                assertThat(tensor.values()).as(name).containsOnly(0);
            }
        });
    }

    @Test
    void theHeadsBiasIsDrawnWithinPyTorchsBound() {
        double bound = 1 / Math.sqrt(1000);
        double squares = 0;
        try (BinaryClassifier head = TrainingSteps.classifier("efficientnet_b0", 0.0, 0.0)) {
            for (int seed = 0; seed < 20; seed++) {
                head.initialize(seed);
                assertThat((double) head.outputBias()).isBetween(-bound, bound);
                squares += head.outputBias() * head.outputBias() / 20;
            }
        }
        assertThat(squares / (bound * bound)).isCloseTo(1 / 3.0, within(5 * Math.sqrt(4 / 45.0 / 20)));
    }

    @Test
    void equalSeedsGiveEqualWeightsAndOthersDoNot() {
        Map<String, StateDict.Tensor> first = state();
        classifier.setOutputBias(3);
        classifier.initialize(1);
        state().forEach((name, tensor) ->
                assertThat(tensor.values()).as(name).isEqualTo(first.get(name).values()));
        classifier.initialize(2);
        assertThat(values("backbone.features.0.0.weight"))
                .isNotEqualTo(first.get("backbone.features.0.0.weight").values());
        assertThat(values("output.bias")).isNotEqualTo(first.get("output.bias").values());
    }

    @Test
    void settingTheBiasChangesNothingElse() {
        Map<String, StateDict.Tensor> before = state();
        classifier.setOutputBias(-2.1972f);
        assertThat(classifier.outputBias()).isEqualTo(-2.1972f);
        state().forEach((name, tensor) -> {
            if (!name.equals("output.bias")) {
                assertThat(tensor.values()).as(name).isEqualTo(before.get(name).values());
            }
        });
    }

    private Map<String, StateDict.Tensor> state() {
        return classifier.stateDict().tensors();
    }

    private float[] values(String name) {
        return state().get(name).values();
    }

    private static double moment(float[] values, int power) {
        double sum = 0;
        for (float value : values) {
            double product = 1;
            for (int i = 0; i < power; i++) {
                product *= value;
            }
            sum += product;
        }
        return sum / values.length;
    }
}
