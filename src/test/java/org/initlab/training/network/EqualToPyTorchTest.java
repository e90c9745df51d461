package org.initlab.training.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.assertj.core.data.Offset;
import org.initlab.training.optimizer.Optimizer;
import org.initlab.training.spec.OptimizerSpec;
import org.initlab.training.weights.StateDict;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Forward, backward and SGD against torchvision, weights and images by formula. */
class EqualToPyTorchTest {

    /**
     * In percent. From a ResNet's second step on, PyTorch's own float32 gradients are up to 0.3 % off its float64 ones.
     */
    private static final double GRADIENTS = 0.1;

    private static final double LATER_GRADIENTS_OF_RESNETS = 0.5;

    static Iterable<Golden.Case> cases() throws Exception {
        return Golden.cases();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void everyNumberOfTorchvisionIsMet(Golden.Case golden) {
        try (BinaryClassifier classifier = TrainingSteps.classifierWithoutNoise(golden.architecture())) {
            classifier.load(Golden.weights(classifier.stateDict(), golden.salt(), golden.gain()));
            assertThat(classifier.learntArrays().values().stream()
                            .mapToLong(NDArray::size)
                            .sum())
                    .isEqualTo(golden.parameters());
            assertBackbone(classifier, golden);
            assertLogits(classifier, golden, golden.eval().logits(), 1e-4f);
            train(classifier, golden);
            assertSums(classifier.stateDict(), golden.afterTraining());
            // float32's uncertainty in a ResNet's later steps shows here too
            float tolerance = golden.architecture().startsWith("resnet") ? 1e-3f : 1e-4f;
            assertLogits(classifier, golden, golden.evalAfterTraining(), tolerance);
        }
    }

    private static void assertBackbone(BinaryClassifier classifier, Golden.Case golden) {
        try (NDManager manager = classifier.manager().newSubManager();
                NDArray logits = classifier
                        .network()
                        .apply(
                                TrainingSteps.channelsLast(manager, Golden.images(golden, 0), golden.imageSize()),
                                false)) {
            float[] values = logits.toFloatArray();
            double mean = logits.mean().getFloat();
            double squares = 0;
            for (float value : values) {
                squares += (value - mean) * (value - mean);
            }
            assertThat(Arrays.copyOf(values, 8))
                    .containsExactly(golden.eval().backboneRow0First8(), Offset.offset(1e-4f));
            assertThat(mean).isCloseTo(golden.eval().backboneMean(), within(1e-5));
            assertThat(Math.sqrt(squares / (values.length - 1)))
                    .isCloseTo(golden.eval().backboneStd(), withinPercentage(0.1));
        }
    }

    private static void assertLogits(
            BinaryClassifier classifier, Golden.Case golden, float[] expected, float tolerance) {
        float[] logits = TrainingSteps.logits(classifier, Golden.images(golden, 0), golden.imageSize(), false);
        assertThat(logits).containsExactly(expected, Offset.offset(tolerance));
    }

    private static void train(BinaryClassifier classifier, Golden.Case golden) {
        if (golden.positiveRate() != null) {
            classifier.setOutputBias((float) Math.log(golden.positiveRate() / (1 - golden.positiveRate())));
        }
        OptimizerSpec spec = new OptimizerSpec.Sgd(golden.learningRate(), golden.momentum(), 0.0);
        try (Optimizer optimizer = TrainingSteps.optimizer(spec, classifier)) {
            for (int i = 0; i < golden.training().size(); i++) {
                Golden.Step expected = golden.training().get(i);
                StateDict before = classifier.stateDict();
                StateDict velocity = optimizer.stateDict();
                TrainingSteps.Pass pass = TrainingSteps.step(
                        classifier,
                        optimizer,
                        golden.learningRate(),
                        Golden.images(golden, i),
                        Golden.labels(golden),
                        golden.imageSize());
                if (i == 0) {
                    assertThat(pass.logits()).containsExactly(golden.trainModeLogits(), Offset.offset(1e-3f));
                }
                boolean unstable = i > 0 && golden.architecture().startsWith("resnet");
                assertThat((double) pass.loss()).isCloseTo(expected.loss(), within(unstable ? 1e-3 : 1e-4));
                Map<String, float[]> updates = golden.momentum() == 0
                        ? quotients(before, classifier.stateDict(), golden.learningRate())
                        : momentumBuffers(optimizer.stateDict());
                assertGradients(
                        updates,
                        golden.momentum(),
                        momentumBuffers(velocity),
                        expected.gradNorms(),
                        unstable ? LATER_GRADIENTS_OF_RESNETS : GRADIENTS);
                assertThat((double) classifier.outputBias()).isCloseTo(expected.outputBias(), within(1e-5));
            }
        }
    }

    private static Map<String, float[]> momentumBuffers(StateDict optimizer) {
        return optimizer.tensors().entrySet().stream()
                .collect(Collectors.toMap(
                        buffer -> buffer.getKey().substring("momentum_buffer.".length()),
                        buffer -> buffer.getValue().values()));
    }

    private static Map<String, float[]> quotients(StateDict before, StateDict after, double learningRate) {
        return before.tensors().entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, parameter -> {
            float[] from = parameter.getValue().values();
            float[] to = after.tensors().get(parameter.getKey()).values();
            float[] quotients = new float[from.length];
            for (int i = 0; i < from.length; i++) {
                quotients[i] = (float) ((from[i] - to[i]) / learningRate);
            }
            return quotients;
        }));
    }

    /** What SGD subtracts is the gradient and the decayed update before. */
    private static void assertGradients(
            Map<String, float[]> updates,
            double momentum,
            Map<String, float[]> before,
            Map<String, Double> norms,
            double percent) {
        norms.forEach((name, expected) -> {
            float[] update = updates.get(name);
            double squares = 0;
            for (int i = 0; i < update.length; i++) {
                double gradient = update[i] - momentum * before.get(name)[i];
                squares += gradient * gradient;
            }
            assertThat(Math.sqrt(squares)).as(name).isCloseTo(expected, withinPercentage(percent));
        });
    }

    private static void assertSums(StateDict state, Map<String, double[]> meanAndSum) {
        meanAndSum.forEach((name, expected) -> {
            float[] values = state.tensors().get(name).values();
            double sum = 0;
            double absolute = 0;
            for (float value : values) {
                sum += value;
                absolute += Math.abs(value);
            }
            assertThat(absolute).as(name).isCloseTo(expected[1], withinPercentage(0.01));
            // the mean of signed values cancels out, so it is compared on the scale of the values
            assertThat(sum / values.length).as(name).isCloseTo(expected[0], within(1e-4 * absolute / values.length));
        });
    }
}
