package org.initlab.training.network.mlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.data.Offset;
import org.initlab.training.engine.Autograd;
import org.initlab.training.network.BinaryClassifier;
import org.initlab.training.network.Golden;
import org.initlab.training.network.ModelWeights;
import org.initlab.training.network.NetworkTensors;
import org.initlab.training.network.SpecFault;
import org.initlab.training.objective.CrossEntropyLoss;
import org.initlab.training.optimizer.Optimizer;
import org.initlab.training.spec.FeatureShape;
import org.initlab.training.spec.ImageShape;
import org.initlab.training.spec.ModelSpec;
import org.initlab.training.spec.ModelSpec.Activation;
import org.initlab.training.spec.ModelSpec.Head;
import org.initlab.training.spec.ModelSpec.Trained;
import org.initlab.training.spec.OptimizerSpec;
import org.initlab.training.spec.TrainingException;
import org.initlab.training.weights.Outline;
import org.initlab.training.weights.StateDict;
import org.initlab.training.weights.StateDict.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/** Against PyTorch's numbers; see golden/mlp.py. */
class MlpTest {
    private static final Mlp MLP = new Mlp();

    record Case(
            List<Integer> hidden,
            Activation activation,
            int rows,
            int features,
            double learningRate,
            double momentum,
            float[] logits,
            float[] losses,
            List<String> names,
            double[] sums) {}

    private record File(String torch, List<Case> cases) {}

    static List<Case> cases() throws IOException {
        try (InputStream stream = MlpTest.class.getResourceAsStream("/golden/mlp.json")) {
            return JsonMapper.shared().readValue(stream, File.class).cases();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void itTrainsAsInPyTorch(Case golden) {
        try (BinaryClassifier classifier = classifier(spec(golden.hidden, golden.activation, 0.0), golden.features);
                NDManager manager = NDManager.newBaseManager(Device.cpu());
                Optimizer optimizer = Optimizer.of(
                        new OptimizerSpec.Sgd(golden.learningRate, golden.momentum, 0.0),
                        classifier.learntArrays(),
                        classifier.backward(),
                        manager)) {
            assertThat(classifier.stateDict().tensors().keySet()).containsExactlyElementsOf(golden.names);
            classifier.load(Golden.weights(classifier.stateDict(), "", 1));
            NDArray rows = rows(manager, golden);
            assertThat(classifier.forward(rows, false).toFloatArray())
                    .containsExactly(golden.logits, Offset.offset(1e-5f));
            NDArray labels = labels(manager, golden.rows);
            for (float expected : golden.losses) {
                NDArray loss = Autograd.record(
                        () -> new CrossEntropyLoss().on(0.2).mean(classifier.forward(rows, true), labels));
                optimizer.backward(loss);
                optimizer.step(golden.learningRate);
                assertThat(loss.getFloat()).isCloseTo(expected, within(1e-5f));
            }
            List<Double> sums = classifier.stateDict().tensors().values().stream()
                    .map(MlpTest::absoluteSum)
                    .toList();
            for (int i = 0; i < golden.sums.length; i++) {
                assertThat(sums.get(i)).as(golden.names.get(i)).isCloseTo(golden.sums[i], within(1e-4));
            }
        }
    }

    @Test
    void everyLayerStartsAsPyTorchsLinear() {
        try (BinaryClassifier classifier = classifier(spec(List.of(400, 100), Activation.RELU, 0.0), 25)) {
            classifier.initialize(1);
            assertUniform(classifier, "0", 25);
            assertUniform(classifier, "3", 400);
            assertUniform(classifier, "6", 100);
        }
    }

    private static void assertUniform(BinaryClassifier classifier, String layer, int features) {
        double bound = 1 / Math.sqrt(features);
        Map<String, Tensor> state = classifier.stateDict().tensors();
        float[] weights = state.get(layer + ".weight").values();
        double squares = 0;
        for (float value : weights) {
            assertThat((double) Math.abs(value)).isLessThanOrEqualTo(bound + 1e-8);
            squares += value * value;
        }
        double spread = Math.sqrt(4 / 45.0 / weights.length);
        assertThat(squares / weights.length / (bound * bound)).isCloseTo(1 / 3.0, within(5 * spread));
        for (float value : state.get(layer + ".bias").values()) {
            assertThat((double) Math.abs(value)).isBetween(0.0, bound + 1e-8);
        }
    }

    /** Rows of ones through weights of one: what is not dropped is scaled up. */
    @Test
    void dropoutFollowsEveryHiddenLayerWhileTraining() {
        try (BinaryClassifier classifier = classifier(spec(List.of(2000), Activation.RELU, 0.5), 1);
                NDManager manager = NDManager.newBaseManager(Device.cpu())) {
            Map<String, Tensor> ones = new LinkedHashMap<>();
            classifier.stateDict().tensors().forEach((name, tensor) -> {
                float[] values = tensor.values().clone();
                Arrays.fill(values, name.endsWith("weight") ? 1 : 0);
                ones.put(name, new Tensor(tensor.shape(), values));
            });
            classifier.load(new StateDict(ones));
            NDArray row = manager.ones(new Shape(1, 1));
            assertThat(classifier.forward(row, false).getFloat(0)).isEqualTo(2000);
            assertThat(classifier.forward(row, true).getFloat(0))
                    .isNotEqualTo(2000)
                    .isBetween(1700f, 2300f);
        }
    }

    /** With dropout modules, without, and as a backbone with an output. */
    @ParameterizedTest
    @CsvSource({"0 3 6", "0 2 4", "backbone.0 backbone.3 output", "backbone.0 backbone.2 output"})
    void filesOfTheUsualSpellingsFillIt(String prefixes) {
        List<String> layers = List.of(prefixes.split(" "));
        ModelSpec spec = spec(List.of(6, 5), Activation.GELU, 0.1);
        try (BinaryClassifier classifier = classifier(spec, 4)) {
            Map<String, Tensor> golden =
                    Golden.weights(classifier.stateDict(), "x", 1).tensors();
            List<String> own = List.of("0", "3", "6");
            Map<String, Tensor> file = new LinkedHashMap<>();
            Map<String, long[]> shapes = new LinkedHashMap<>();
            golden.forEach((name, tensor) -> {
                String inFile = layers.get(own.indexOf(name.substring(0, 1))) + name.substring(1);
                file.put(inFile, tensor);
                shapes.put(inFile, tensor.shape());
            });
            NetworkTensors.of(MLP, spec, new FeatureShape(4))
                    .requireFit(new Outline(shapes, Map.of(), new ArrayList<>(shapes.keySet()), Optional.empty()));
            classifier.load(new ModelWeights(new StateDict(file)));
            classifier.stateDict().tensors().forEach((name, tensor) -> assertThat(tensor.values())
                    .as(name)
                    .isEqualTo(golden.get(name).values()));
        }
    }

    @Test
    void aFileForAnotherNumberOfFeaturesIsRefused() {
        ModelSpec spec = spec(List.of(3), Activation.RELU, 0.0);
        Map<String, long[]> shapes =
                NetworkTensors.of(MLP, spec, new FeatureShape(5)).shapes();
        Outline outline = new Outline(shapes, Map.of(), new ArrayList<>(shapes.keySet()), Optional.empty());
        assertThatThrownBy(
                        () -> NetworkTensors.of(MLP, spec, new FeatureShape(4)).requireFit(outline))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("0.weight has shape [3, 5] instead of [3, 4]");
    }

    @Test
    void whatAnMlpDoesNotHaveIsRefusedAndTheRestHasDefaults() {
        ModelSpec everything =
                new ModelSpec("mlp", "none", 32, 0.5, 0.1, Head.ON_LOGITS, Trained.HEAD, List.of(4), null);
        assertThat(MLP.faults(everything, new ImageShape(8, 8, 1)))
                .extracting(SpecFault::field)
                .containsExactly("architecture", "imageSize", "stochasticDepth", "head", "train");
        ModelSpec plain = new ModelSpec("mlp", null, null, null, null);
        assertThat(MLP.faults(plain, new FeatureShape(null))).isEmpty();
        assertThat(MLP.resolve(plain, new FeatureShape(null))).isEqualTo(MLP.defaults());
    }

    private static ModelSpec spec(List<Integer> hidden, Activation activation, double dropout) {
        return new ModelSpec("mlp", null, null, dropout, null, null, null, hidden, activation);
    }

    private static BinaryClassifier classifier(ModelSpec spec, int features) {
        return BinaryClassifier.build(MLP, spec, new FeatureShape(features), Device.cpu());
    }

    private static NDArray rows(NDManager manager, Case golden) {
        String name = "rows/" + golden.rows + "x" + golden.features;
        float[] values = Golden.symmetric(name, golden.rows * golden.features, s -> 2 * s);
        return manager.create(values, new Shape(golden.rows, golden.features));
    }

    private static NDArray labels(NDManager manager, int rows) {
        float[] labels = new float[rows];
        for (int i = 0; i < rows; i += 5) {
            labels[i] = 1;
        }
        return manager.create(labels);
    }

    private static double absoluteSum(Tensor tensor) {
        double sum = 0;
        for (float value : tensor.values()) {
            sum += Math.abs(value);
        }
        return sum;
    }
}
