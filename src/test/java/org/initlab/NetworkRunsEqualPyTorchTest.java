package org.initlab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;
import org.assertj.core.data.Offset;
import org.initlab.platform.InitLabProperties;
import org.initlab.platform.ServiceTest;
import org.initlab.training.network.TrainingSteps;
import org.initlab.training.spec.ModelSpec.Head;
import org.initlab.training.spec.ModelSpec.Trained;
import org.initlab.training.spec.Precision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Runs of other networks, posted over HTTP, give PyTorch's losses; {@code golden/http_networks.py} computed the numbers. */
@ServiceTest
@TestPropertySource(properties = "initlab.roles=api,worker")
class NetworkRunsEqualPyTorchTest {
    @LocalServerPort
    int port;

    @Autowired
    InitLabProperties properties;

    record Case(
            String architecture,
            Head head,
            Trained train,
            Precision precision,
            double gain,
            double learningRate,
            double[] trainLosses,
            double[] losses,
            double[] biases) {
        Case ofEpochs(int epochs) {
            return new Case(
                    architecture,
                    head,
                    train,
                    precision,
                    gain,
                    learningRate,
                    Arrays.copyOf(trainLosses, epochs),
                    Arrays.copyOf(losses, epochs + 1),
                    Arrays.copyOf(biases, epochs + 1));
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%s, head %s, training %s in %s", architecture, head, train, precision);
        }
    }

    record Cases(String torch, List<Case> cases) {}

    private static List<Case> cases(Precision precision) {
        Cases all = JsonMapper.shared()
                .readValue(
                        Path.of("src/test/resources/golden/http_networks.json").toFile(), Cases.class);
        return all.cases().stream()
                .filter(golden -> golden.precision() == precision)
                .toList();
    }

    /** A checkpoint of the largest one takes seconds. */
    static List<Case> inFloat32() {
        return cases(Precision.FLOAT32).stream()
                .map(golden -> golden.architecture().equals("convnext_tiny") ? golden.ofEpochs(2) : golden)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("inFloat32")
    void fullBatchTrainingFromAWeightsFileGivesPyTorchsLosses(Case golden) throws Exception {
        String path = train(golden);
        JsonNode epochs = epochs(path);

        requirePyTorchs(golden, epochs, loss -> within(1e-4), loss -> within(1e-3));
        int last = epochs.size() - 1;
        assertThat(epochs.get(last).get("outputBias").asDouble()).isCloseTo(golden.biases()[last], within(1e-4));
        TakenAlong taken = new TakenAlong(port, path);
        taken.requireStateDict(
                golden.architecture() + " " + golden.head().wireName(), golden.train() == Trained.ALL ? last : 0);
        taken.requirePredictionsGive(epochs.get(last));
    }

    @Test
    void aRunCanBeginWithAnothersWeights() throws Exception {
        Case golden = inFloat32().get(1).ofEpochs(1);
        String path = train(golden);
        TakenAlong taken = new TakenAlong(port, path);
        taken.requireHttpHabits();
        taken.saveWeights(properties.home(), "taken.safetensors");

        JsonNode last = epochs(path).get(1);
        String next = trainFrom(
                "taken.safetensors", golden.ofEpochs(0), last.get("outputBias").asDouble());

        assertThat(epochs(next).at("/0/loss").asDouble())
                .isEqualTo(last.get("loss").asDouble());
        new TakenAlong(port, next).requirePredictionsGive(epochs(next).get(0));
    }

    /** PyTorch's own losses are half a percent apart between its memory formats. */
    @Test
    void inBfloat16ItGivesThoseOfPyTorchsAutocastAndRepeatsThemToTheBit() throws IOException {
        Case golden = cases(Precision.BFLOAT16).get(0).ofEpochs(3);

        JsonNode epochs = epochs(train(golden));

        requirePyTorchs(golden, epochs, loss -> within(0.02 * loss), loss -> within(0.02 * loss));
        assertThat(epochs.at("/1/trainLoss").asDouble())
                .isNotCloseTo(inFloat32().get(0).trainLosses()[0], within(1e-3));
        assertThat(losses(epochs(train(golden.ofEpochs(1)))))
                .hasSize(2)
                .isEqualTo(losses(epochs).subList(0, 2));
    }

    private static void requirePyTorchs(
            Case golden,
            JsonNode epochs,
            DoubleFunction<Offset<Double>> inEvaluation,
            DoubleFunction<Offset<Double>> inTraining) {
        assertThat(epochs.size()).isEqualTo(golden.losses().length);
        for (JsonNode row : epochs) {
            int epoch = row.get("epoch").asInt();
            double loss = golden.losses()[epoch];
            assertThat(row.get("loss").asDouble()).as("epoch %d", epoch).isCloseTo(loss, inEvaluation.apply(loss));
            if (epoch > 0) {
                double trained = golden.trainLosses()[epoch - 1];
                assertThat(row.get("trainLoss").asDouble())
                        .as("training, epoch %d", epoch)
                        .isCloseTo(trained, inTraining.apply(trained));
            }
        }
    }

    private static List<Double> losses(JsonNode epochs) {
        return epochs.valueStream().map(row -> row.get("loss").asDouble()).toList();
    }

    private JsonNode epochs(String path) {
        return new ServiceClient(port).get(path + "/metrics").body().at("/arms/0/trials/0/epochs");
    }

    private String train(Case golden) throws IOException {
        String file = "%s-%s.safetensors"
                .formatted(golden.architecture(), golden.head().wireName());
        GoldenRun.writeWeights(
                properties.home(),
                TrainingSteps.classifierWithoutNoise(golden.architecture(), golden.head(), golden.train()),
                golden.gain(),
                file);
        GoldenRun.writeData(properties.home());
        return trainFrom(file, golden, -1);
    }

    private String trainFrom(String weights, Case golden, double bias) {
        ServiceClient client = new ServiceClient(port);
        String rates = golden.architecture().startsWith("resnet")
                ? ""
                : golden.architecture().startsWith("convnext") ? ", \"stochasticDepth\": 0" : ", \"dropout\": 0";
        String path = client.submit(
                """
                {"dataset": {"name": "cifar10", "positiveClass": "frog"}, "trials": 1,
                 "model": {"architecture": "%s", "weights": "%s", "imageSize": 32, "head": "%s", "train": "%s"%s},
                 "biasInits": [{"type": "constant", "value": %s}],
                 "training": {"epochs": %d, "batchSize": %d, "precision": "%s", "optimizer": {"learningRate": %s}}}"""
                        .formatted(
                                golden.architecture(),
                                weights,
                                golden.head().wireName(),
                                golden.train().wireName(),
                                rates,
                                bias,
                                golden.trainLosses().length,
                                GoldenRun.TRAIN_ROWS,
                                golden.precision().wireName(),
                                golden.learningRate()));
        assertThat(client.awaitEnd(path).get("state").asString()).isEqualTo("SUCCEEDED");
        return path;
    }
}
