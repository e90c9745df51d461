package org.initlab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.initlab.platform.InitLabProperties;
import org.initlab.platform.ServiceTest;
import org.initlab.training.network.BinaryClassifier;
import org.initlab.training.network.Golden;
import org.initlab.training.network.TrainingSteps;
import org.initlab.training.weights.Safetensors;
import org.initlab.training.weights.StateDict;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;

/** A run posted over HTTP gives PyTorch's losses; {@code golden/http_run.py} computed the numbers. */
@ServiceTest
@TestPropertySource(properties = "initlab.roles=api,worker")
class WholeRunEqualsPyTorchTest {
    private static final int TRAIN_ROWS = 60;
    private static final int TEST_ROWS = 40;
    private static final double[] TRAIN_LOSSES = {
        Double.NaN, 0.609158456325531, 0.2830866277217865, 0.26225584745407104, 0.2628087103366852, 0.20984511077404022
    };
    private static final double[] TEST_LOSSES = {
        0.5201958405295433,
        0.5162495429645547,
        0.5137747609855529,
        0.5117046918939198,
        0.50886796331163,
        0.5060009432266179
    };
    private static final double LAST_BIAS = -1.0095185041427612;
    /** From the second step on, PyTorch's own differ by a tenth between NCHW and channels-last. */
    private static final double BFLOAT16_FIRST_TRAIN_LOSS = 0.6129750609397888;

    private static final double[] BFLOAT16_TEST_LOSSES = {
        0.5202862725861461,
        0.5164338492600026,
        0.5136643732314816,
        0.5112028065214295,
        0.5088949554263932,
        0.5068772347468198
    };

    @LocalServerPort
    int port;

    @Autowired
    InitLabProperties properties;

    @BeforeEach
    void files() throws IOException {
        writeWeights(Files.createDirectories(properties.home().resolve("weights")));
        writeData(Files.createDirectories(properties.home().resolve("datasets/cifar-10-batches-bin")));
    }

    @Test
    void fullBatchTrainingFromAWeightsFileGivesPyTorchsLosses() {
        JsonNode epochs = train("float32");

        assertThat(epochs.size()).isEqualTo(TEST_LOSSES.length);
        for (JsonNode row : epochs) {
            int epoch = row.get("epoch").asInt();
            assertThat(row.get("loss").asDouble()).isCloseTo(TEST_LOSSES[epoch], within(1e-3));
            if (epoch > 0) {
                assertThat(row.get("trainLoss").asDouble()).isCloseTo(TRAIN_LOSSES[epoch], within(1e-3));
            }
        }
        assertThat(epochs.at("/5/outputBias").asDouble()).isCloseTo(LAST_BIAS, within(1e-4));
    }

    @Test
    void inBfloat16ItGivesTheLossesOfPyTorchsAutocastAndRepeatsThemToTheBit() {
        JsonNode epochs = train("bfloat16");

        for (JsonNode row : epochs) {
            int epoch = row.get("epoch").asInt();
            double loss = row.get("loss").asDouble();
            assertThat(loss)
                    .isCloseTo(BFLOAT16_TEST_LOSSES[epoch], withinPercentage(2))
                    .isNotCloseTo(TEST_LOSSES[epoch], within(1e-6));
        }
        assertThat(epochs.at("/1/trainLoss").asDouble()).isCloseTo(BFLOAT16_FIRST_TRAIN_LOSS, withinPercentage(2));
        assertThat(losses(train("bfloat16"))).isEqualTo(losses(epochs));
    }

    private JsonNode train(String precision) {
        ServiceClient client = new ServiceClient(port);
        String path = client.submit(
                """
                {"dataset": {"name": "cifar10", "positiveClass": "frog"}, "trials": 1, "stepInterval": 1,
                 "model": {"architecture": "efficientnet_b0", "weights": "run.safetensors", "imageSize": 32,
                           "dropout": 0, "stochasticDepth": 0},
                 "biasInits": [{"type": "constant", "value": -1.0}],
                 "training": {"epochs": 5, "batchSize": 60, "optimizer": {"learningRate": 0.01}, "precision": "%s"}}"""
                        .formatted(precision));
        assertThat(client.awaitEnd(path).get("state").asString()).isEqualTo("SUCCEEDED");
        assertThat(client.get(path).body().at("/spec/training/precision").asString())
                .isEqualTo(precision);
        return client.get(path + "/metrics").body().at("/arms/0/trials/0/epochs");
    }

    private static List<Double> losses(JsonNode epochs) {
        return epochs.valueStream().map(row -> row.get("loss").asDouble()).toList();
    }

    private static void writeWeights(Path folder) throws IOException {
        try (BinaryClassifier shapes = TrainingSteps.classifier("efficientnet_b0", 0.0, 0.0);
                OutputStream out = Files.newOutputStream(folder.resolve("run.safetensors"))) {
            StateDict weights = Golden.weights(shapes.stateDict(), "run/", 1.5);
            Safetensors.write(weights, Map.of("format", "pt"), out);
        }
    }

    private static void writeData(Path folder) throws IOException {
        int rowsAFile = TRAIN_ROWS / 5;
        for (int file = 0; file < 5; file++) {
            writeRecords(folder.resolve("data_batch_" + (file + 1) + ".bin"), "train", file * rowsAFile, rowsAFile);
        }
        writeRecords(folder.resolve("test_batch.bin"), "test", 0, TEST_ROWS);
    }

    private static void writeRecords(Path file, String split, int first, int rows) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            for (int row = first; row < first + rows; row++) {
                out.write(row % 5 == 0 ? 6 : 0);
                float[] pixels = Golden.symmetric("run/" + split + "/" + row, 3072, s -> Math.floor(128 * (s + 1)));
                for (float pixel : pixels) {
                    out.write((int) pixel);
                }
            }
        }
    }
}
