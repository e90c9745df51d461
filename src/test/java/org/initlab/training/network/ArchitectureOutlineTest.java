package org.initlab.training.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.commons.codec.digest.DigestUtils;
import org.assertj.core.data.Offset;
import org.initlab.training.catalog.NetworkCatalog;
import org.initlab.training.weights.StateDict;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names, shapes and sizes of all networks against torchvision's, see {@code golden/architectures.json}. */
class ArchitectureOutlineTest {

    static List<Architecture> all() {
        return NetworkCatalog.all().stream()
                .filter(architecture -> architecture.isDefinedFor(null))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("all")
    void itsTensorsAreTorchvisions(Architecture architecture) throws Exception {
        Golden.Outline golden = Golden.architectures().get(architecture.name());
        try (BinaryClassifier classifier = TrainingSteps.classifierWithoutNoise(architecture.name())) {
            List<String> lines = classifier.stateDict().tensors().entrySet().stream()
                    .map(tensor -> tensor.getKey() + " " + dimensions(tensor.getValue()))
                    .toList();
            assertThat(lines).hasSize(golden.tensors());
            assertThat(DigestUtils.sha256Hex(String.join("\n", lines))).isEqualTo(golden.namesAndShapesSha256());
            assertThat(learntValuesOfBackbone(classifier)).isEqualTo(architecture.parameters());
        }
    }

    /** One with each kind of BatchNorm, other than those in the golden cases. */
    @ParameterizedTest
    @ValueSource(strings = {"efficientnet_b2", "efficientnet_b5"})
    void itsLogitsAndRunningStatisticsAreTorchvisions(String name) throws Exception {
        Golden.Outline golden = Golden.architectures().get(name);
        try (BinaryClassifier classifier = TrainingSteps.classifierWithoutNoise(name)) {
            classifier.load(Golden.weights(classifier.stateDict(), "", 1.35));
            float[] images = Golden.images("", 0, 2, 64);
            // ten times float32's error, a sixth of what a wrong epsilon would cause
            assertThat(TrainingSteps.logits(classifier, images, 64, false))
                    .containsExactly(golden.evalLogits(), Offset.offset(2e-6f));
            TrainingSteps.logits(classifier, images, 64, true);
            Map<String, StateDict.Tensor> after = classifier.stateDict().tensors();
            assertThat(absoluteSum(after.get("backbone.features.0.1.running_var")))
                    .isCloseTo(golden.stemRunningVar(), withinPercentage(0.01));
            assertThat(absoluteSum(after.get("backbone.features.8.1.running_mean")))
                    .isCloseTo(golden.lastRunningMean(), withinPercentage(0.1));
        }
    }

    private static long learntValuesOfBackbone(BinaryClassifier classifier) {
        return classifier.learntArrays().entrySet().stream()
                .filter(entry -> entry.getKey().startsWith("backbone."))
                .map(Map.Entry::getValue)
                .mapToLong(NDArray::size)
                .sum();
    }

    private static double absoluteSum(StateDict.Tensor tensor) {
        double sum = 0;
        for (float value : tensor.values()) {
            sum += Math.abs(value);
        }
        return sum;
    }

    private static String dimensions(StateDict.Tensor tensor) {
        return Arrays.stream(tensor.shape()).mapToObj(Long::toString).collect(Collectors.joining("x"));
    }
}
