package org.initlab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.initlab.platform.InitLabProperties;
import org.initlab.platform.ServiceTest;
import org.initlab.training.catalog.NetworkCatalog;
import org.initlab.training.network.BinaryClassifier;
import org.initlab.training.network.Golden;
import org.initlab.training.spec.FeatureShape;
import org.initlab.training.spec.ModelSpec;
import org.initlab.training.spec.ModelSpec.Activation;
import org.initlab.training.weights.Safetensors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A table trained over HTTP gives the losses of PyTorch on scikit-learn's features; see golden/table.py. */
@ServiceTest
@TestPropertySource(properties = "initlab.roles=api,worker")
class TableRunEqualsPyTorchTest {
    @LocalServerPort
    int port;

    @Autowired
    InitLabProperties properties;

    @BeforeEach
    void files() throws IOException {
        Path datasets = Files.createDirectories(properties.home().resolve("datasets/golden"));
        for (String file : List.of("table_train.csv", "table_test.csv")) {
            Files.write(datasets.resolve(file), resource(file));
        }
        writeWeights("table.safetensors", 1);
    }

    private void writeWeights(String name, double gain) throws IOException {
        Path weights = Files.createDirectories(properties.home().resolve("weights"));
        ModelSpec spec = new ModelSpec("mlp", null, null, 0.0, null, null, null, List.of(6, 4), Activation.RELU);
        try (BinaryClassifier shapes = BinaryClassifier.build(
                        NetworkCatalog.named("mlp").orElseThrow(), spec, new FeatureShape(17), Device.cpu());
                OutputStream out = Files.newOutputStream(weights.resolve(name))) {
            Safetensors.write(Golden.weights(shapes.stateDict(), "table/", gain), Map.of("format", "pt"), out);
        }
    }

    @Test
    void fullBatchTrainingFromAWeightsFileGivesPyTorchsLosses() throws IOException {
        JsonNode golden = JsonMapper.shared().readTree(resource("table.json"));
        ServiceClient client = new ServiceClient(port);

        String path = client.submit(
                """
                {"dataset": {"name": "table", "path": "golden/table_train.csv", "testPath": "golden/table_test.csv",
                             "label": "fraud", "log": ["amount"], "clip": 2},
                 "model": {"hidden": [6, 4], "weights": "table.safetensors"}, "trials": 1, "stepInterval": 1,
                 "biasInits": [{"type": "constant", "value": -1.0}],
                 "training": {"epochs": 5, "batchSize": 80, "optimizer": {"learningRate": 0.1}}}""");

        assertThat(client.awaitEnd(path).get("state").asString()).isEqualTo("SUCCEEDED");
        JsonNode epochs = client.get(path + "/metrics").body().at("/arms/0/trials/0/epochs");
        assertThat(epochs.size()).isEqualTo(6);
        for (JsonNode row : epochs) {
            int epoch = row.get("epoch").asInt();
            assertThat(row.get("loss").asDouble())
                    .isCloseTo(golden.get("testLosses").get(epoch).asDouble(), within(1e-4));
            if (epoch > 0) {
                assertThat(row.get("trainLoss").asDouble())
                        .isCloseTo(golden.get("trainLosses").get(epoch - 1).asDouble(), within(1e-3));
            }
        }
        assertThat(epochs.at("/5/outputBias").asDouble())
                .isCloseTo(golden.get("lastBias").asDouble(), within(1e-4));
        assertThat(client.get(path + "/runs").body().at("/0/threads").asInt()).isEqualTo(1);
        JsonNode experiment = client.get(path).body();
        assertThat(experiment.at("/spec/model/architecture").asString()).isEqualTo("mlp");
        assertThat(experiment.at("/dataset/columns/3").toString())
                .isEqualTo("{\"name\":\"city\",\"kind\":\"text\",\"mean\":null,\"std\":null,"
                        + "\"values\":[\"Bern\",\"Zürich\",\"bern\",\"Ｗien\",\"😀\",null],\"missing\":"
                        + experiment.at("/dataset/columns/3/missing") + "}");
        assertThat(experiment.at("/dataset/columns/5/std").asDouble()).isZero();
        assertThat(experiment.get("warnings").toString()).contains("always", "empty");
    }

    @Test
    void aRowThatCannotBeUsedEndsTheRunWithItsPlace() throws IOException {
        Files.writeString(properties.home().resolve("datasets/golden/torn.csv"), "x,y\n1,a\n2,b\n3,a\n4,b\ninf,a\n");
        ServiceClient client = new ServiceClient(port);

        String path = client.submit(
                """
                {"dataset": {"name": "table", "path": "golden/torn.csv", "label": "y"}, "trials": 1,
                 "biasInits": [{"type": "default"}]}""");

        assertThat(client.awaitEnd(path).get("state").asString()).isEqualTo("FAILED");
        assertThat(client.get(path + "/runs").body().toString())
                .contains("datasets/golden/torn.csv, row 5 (line 6), column \\\"x\\\" has the infinite number inf");
    }

    @Test
    void weightsThatAreNoNumbersAreToldBeforeTheFirstStep() throws IOException {
        writeWeights("nan.safetensors", Double.NaN);
        ServiceClient client = new ServiceClient(port);

        String path = client.submit(
                """
                {"dataset": {"name": "table", "path": "golden/table_train.csv", "testPath": "golden/table_test.csv",
                             "label": "fraud"}, "model": {"hidden": [6, 4], "weights": "nan.safetensors"}, "trials": 1,
                 "biasInits": [{"type": "zeros"}]}""");

        assertThat(client.awaitEnd(path).get("state").asString()).isEqualTo("FAILED");
        assertThat(client.get(path + "/runs").body().at("/0/failure").asString())
                .startsWith("the test loss is NaN before the first step; check that the weights");
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = TableRunEqualsPyTorchTest.class.getResourceAsStream("/golden/" + name)) {
            return in.readAllBytes();
        }
    }
}
