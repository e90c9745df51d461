package org.initlab.training.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.util.Pair;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.assertj.core.data.Offset;
import org.initlab.training.weights.StateDict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArchitectureTest {

    static List<Architecture> all() {
        return Architecture.all();
    }

    @Test
    void theEightAreKnownByTorchvisionsNames() {
        assertThat(Architecture.all())
                .extracting(Architecture::name)
                .containsExactlyElementsOf(LongStream.range(0, 8)
                        .mapToObj(i -> "efficientnet_b" + i)
                        .toList());
        assertThat(Architecture.named("efficientnet_b1")).get().satisfies(b1 -> {
            assertThat(b1.imageSize()).isEqualTo(240);
            assertThat(b1.dropout()).isEqualTo(0.2);
            assertThat(b1.stochasticDepth()).isEqualTo(0.2);
            assertThat(b1.parameters()).isEqualTo(7_794_184);
        });
        assertThat(Architecture.named("EfficientNet_B1")).isEmpty();
    }

    @Test
    void theLargeOnesHaveBatchNormConstantsOfTheirOwn() {
        for (int i = 0; i < 8; i++) {
            assertThat(Architecture.all().get(i).batchNorm())
                    .isEqualTo(i < 5 ? new BatchNorm.Constants(1e-5, 0.1) : new BatchNorm.Constants(1e-3, 0.01));
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void itsTensorsAreTorchvisions(Architecture architecture) throws Exception {
        Golden.Outline golden = Golden.architectures().get(architecture.name());
        try (BinaryClassifier classifier = new BinaryClassifier(architecture, 0, 0, Device.cpu())) {
            List<String> lines = new ArrayList<>();
            for (Pair<String, Parameter> tensor : classifier.backbone().getParameters()) {
                lines.add("backbone." + tensor.getKey() + " " + dimensions(tensor.getValue()));
            }
            lines.addAll(List.of("output.weight 1x1000", "output.bias 1"));
            assertThat(lines).hasSize(golden.tensors());
            assertThat(sha256(String.join("\n", lines))).isEqualTo(golden.namesAndShapesSha256());
            assertThat(learntValuesOfBackbone(classifier)).isEqualTo(architecture.parameters());
        }
    }

    /** One of each kind of BatchNorm, other than those of the golden cases. */
    @ParameterizedTest
    @ValueSource(strings = {"efficientnet_b2", "efficientnet_b5"})
    void itsLogitsAndRunningStatisticsAreTorchvisions(String name) throws Exception {
        Golden.Outline golden = Golden.architectures().get(name);
        Architecture architecture = Architecture.named(name).orElseThrow();
        try (BinaryClassifier classifier = new BinaryClassifier(architecture, 0, 0, Device.cpu())) {
            classifier.load(Golden.weights(classifier.stateDict(), "", 1.35));
            float[] images = Golden.images("", 0, 2, 64);
            // ten times float32's error, a sixth of what a wrong epsilon makes
            assertThat(Training.logits(classifier, images, 64, false))
                    .containsExactly(golden.evalLogits(), Offset.offset(2e-6f));
            Training.logits(classifier, images, 64, true);
            Map<String, StateDict.Tensor> after = classifier.stateDict().tensors();
            assertThat(absoluteSum(after.get("backbone.features.0.1.running_var")))
                    .isCloseTo(golden.stemRunningVar(), withinPercentage(0.01));
            assertThat(absoluteSum(after.get("backbone.features.8.1.running_mean")))
                    .isCloseTo(golden.lastRunningMean(), withinPercentage(0.1));
        }
    }

    @Test
    void stochasticDepthGrowsLinearlyOverTheBlocks() {
        try (BinaryClassifier classifier =
                new BinaryClassifier(Architecture.all().get(0), 0.2, 0.8, Device.cpu())) {
            List<Double> rates = new ArrayList<>();
            collectRates(classifier.backbone(), rates);
            assertThat(rates).hasSize(16);
            for (int i = 0; i < rates.size(); i++) {
                assertThat(rates.get(i)).isEqualTo(0.8 * i / 16);
            }
        }
    }

    @Test
    void aBlockTellsItsOutputsShape() {
        try (BinaryClassifier classifier =
                new BinaryClassifier(Architecture.all().get(0), 0.2, 0.2, Device.cpu())) {
            EfficientNet backbone = classifier.backbone();
            Shape[] images = {new Shape(4, 3, 224, 224)};
            assertThat(backbone.getChildren().get("features").getOutputShapes(images))
                    .containsExactly(new Shape(4, 1280, 7, 7));
            assertThat(backbone.getOutputShapes(images)).containsExactly(new Shape(4, 1000));
        }
    }

    private static void collectRates(Block block, List<Double> rates) {
        if (block instanceof StochasticDepth stochasticDepth) {
            rates.add(stochasticDepth.rate);
        }
        block.getChildren().values().forEach(child -> collectRates(child, rates));
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

    private static String dimensions(Parameter tensor) {
        return Arrays.stream(tensor.getShape().getShape())
                .mapToObj(Long::toString)
                .collect(Collectors.joining("x"));
    }

    private static String sha256(String text) throws Exception {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest);
    }
}
