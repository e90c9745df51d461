package org.initlab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.initlab.platform.InitLabProperties;
import org.initlab.platform.ServiceTest;
import org.initlab.training.network.TrainingSteps;
import org.initlab.training.spec.ModelSpec.Head;
import org.initlab.training.spec.ModelSpec.Trained;
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
            double gain,
            double learningRate,
            double[] trainLosses,
            double[] losses,
            double lastBias) {
        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%s, head %s, training %s", architecture, head, train);
        }
    }

    record Cases(String torch, List<Case> cases) {}

    static List<Case> cases() {
        return JsonMapper.shared()
                .readValue(
                        Path.of("src/test/resources/golden/http_networks.json").toFile(), Cases.class)
                .cases();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void fullBatchTrainingFromAWeightsFileGivesPyTorchsLosses(Case golden) throws IOException {
        String file = "%s-%s.safetensors"
                .formatted(golden.architecture(), golden.head().wireName());
        GoldenRun.writeWeights(
                properties.home(),
                TrainingSteps.classifierWithoutNoise(golden.architecture(), golden.head(), golden.train()),
                golden.gain(),
                file);
        GoldenRun.writeData(properties.home());

        JsonNode epochs = train(golden, file);

        assertThat(epochs.size()).isEqualTo(golden.losses().length);
        for (JsonNode row : epochs) {
            int epoch = row.get("epoch").asInt();
            assertThat(row.get("loss").asDouble())
                    .as("epoch %d", epoch)
                    .isCloseTo(golden.losses()[epoch], within(1e-4));
            if (epoch > 0) {
                assertThat(row.get("trainLoss").asDouble())
                        .as("training, epoch %d", epoch)
                        .isCloseTo(golden.trainLosses()[epoch - 1], within(1e-3));
            }
        }
        assertThat(epochs.at("/5/outputBias").asDouble()).isCloseTo(golden.lastBias(), within(1e-4));
    }

    private JsonNode train(Case golden, String weights) {
        ServiceClient client = new ServiceClient(port);
        String rates = golden.architecture().startsWith("resnet")
                ? ""
                : golden.architecture().startsWith("convnext") ? ", \"stochasticDepth\": 0" : ", \"dropout\": 0";
        String path = client.submit(
                """
                {"dataset": {"name": "cifar10", "positiveClass": "frog"}, "trials": 1,
                 "model": {"architecture": "%s", "weights": "%s", "imageSize": 32, "head": "%s", "train": "%s"%s},
                 "biasInits": [{"type": "constant", "value": -1.0}],
                 "training": {"epochs": 5, "batchSize": %d, "optimizer": {"learningRate": %s}}}"""
                        .formatted(
                                golden.architecture(),
                                weights,
                                golden.head().wireName(),
                                golden.train().wireName(),
                                rates,
                                GoldenRun.TRAIN_ROWS,
                                golden.learningRate()));
        assertThat(client.awaitEnd(path).get("state").asString()).isEqualTo("SUCCEEDED");
        return client.get(path + "/metrics").body().at("/arms/0/trials/0/epochs");
    }
}
