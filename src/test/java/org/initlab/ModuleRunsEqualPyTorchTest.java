package org.initlab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.initlab.platform.InitLabProperties;
import org.initlab.platform.ServiceTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Modules of the user's own, posted over HTTP; {@code modules/modules.py} wrote them and computed the numbers. */
@ServiceTest
@TestPropertySource(properties = {"initlab.roles=api,worker", "initlab.networks.allow=true"})
class ModuleRunsEqualPyTorchTest {
    private static final Path MODULES = Path.of("src/test/resources/modules");

    @LocalServerPort
    int port;

    @Autowired
    InitLabProperties properties;

    private ServiceClient client;
    private Path networks;

    @BeforeEach
    void files() throws IOException {
        client = new ServiceClient(port);
        networks = Files.createDirectories(properties.home().resolve("networks"));
        GoldenRun.writeData(properties.home());
    }

    @ParameterizedTest
    @CsvSource({"logit,", "features,\"headWeights\": \"zeros\"", "tied,"})
    void fullBatchTrainingGivesPyTorchsLosses(String module, String arm) throws Exception {
        put(module + ".pt", module);

        String path = train(module + ".pt", 1, 5, "float32", arm);
        JsonNode epochs = epochs(path, 0);

        JsonNode expected = expected(module);
        assertThat(epochs.size()).isEqualTo(expected.size());
        for (int epoch = 0; epoch < expected.size(); epoch++) {
            JsonNode row = epochs.get(epoch);
            assertThat(row.get("loss").asDouble())
                    .isCloseTo(expected.get(epoch).get(1).asDouble(), within(1e-5));
            assertThat(row.get("outputBias").asDouble())
                    .isCloseTo(expected.get(epoch).get(2).asDouble(), within(1e-5));
            if (epoch > 0) {
                assertThat(row.get("trainLoss").asDouble())
                        .isCloseTo(expected.get(epoch).get(0).asDouble(), within(1e-5));
            }
        }
        TakenAlong taken = new TakenAlong(port, path);
        taken.requireStateDict(module, 5);
        taken.requirePredictionsGive(epochs.get(5));
    }

    @Test
    void modulesTakePartInBfloat16() throws IOException {
        put("half.pt", "logit");

        JsonNode epochs = epochs(train("half.pt", 1, 5, "bfloat16", null), 0);

        JsonNode expected = expected("logit_bfloat16");
        for (int epoch = 0; epoch < expected.size(); epoch++) {
            assertThat(epochs.get(epoch).get("loss").asDouble())
                    .isCloseTo(expected.get(epoch).get(1).asDouble(), withinPercentage(2));
        }
        assertThat(epochs.at("/1/trainLoss").asDouble())
                .isNotCloseTo(expected("logit").at("/1/0").asDouble(), within(1e-5));
    }

    @Test
    void aModuleCanBeForRowsOfATable() throws IOException {
        put("table.pt", "rows");
        List<String> lines = IntStream.range(0, 60)
                .mapToObj(row -> "%d,%d,%d,%d,%d,%s".formatted(row, row % 2, row % 3, row % 5, row % 7, row % 4 == 0))
                .toList();
        Path table = properties.home().resolve("datasets/rows.csv");
        Files.write(
                table,
                Stream.concat(Stream.of("a,b,c,d,e,label"), lines.stream()).toList());

        String path = client.submit(
                """
                {"dataset": {"name": "table", "path": "rows.csv", "label": "label"}, "trials": 1,
                 "model": {"architecture": "torchscript", "file": "table.pt"}, "biasInits": [{"type": "positive_rate"}],
                 "training": {"epochs": 2, "optimizer": {"learningRate": 0.1}}}""");

        assertThat(client.awaitEnd(path).get("state").asString()).isEqualTo("SUCCEEDED");
        assertThat(epochs(path, 0).at("/0/outputBias").asDouble()).isCloseTo(-Math.log(3), within(1e-6));
        assertThat(epochs(path, 0).at("/2/trainLoss").asDouble())
                .isLessThan(epochs(path, 0).at("/1/trainLoss").asDouble());
    }

    @Test
    void eachTrialCanStartFromAFileOfItsOwn() throws IOException {
        put("trial-0.pt", "logit");
        put("trial-1.pt", "features");

        String path = train("trial-{trial}.pt", 2, 0, "float32", "\"headWeights\": \"zeros\"");

        // both start at the bias, but only one has it within
        assertThat(client.get(path).body().at("/spec/model/file").asString()).isEqualTo("trial-{trial}.pt");
        assertThat(epochs(path, 0).at("/0/loss").asDouble())
                .isCloseTo(epochs(path, 1).at("/0/loss").asDouble(), within(1e-12));
        String drawn = train("trial-{trial}.pt", 2, 0, "float32", null);
        assertThat(epochs(drawn, 0).at("/0/loss").asDouble())
                .isCloseTo(expected("logit").at("/0/1").asDouble(), within(1e-5));
        assertThat(epochs(drawn, 1).at("/0/loss").asDouble())
                .isNotCloseTo(expected("logit").at("/0/1").asDouble(), within(1e-5));
    }

    @Test
    void aFileThatChangesFailsTheRunsThatWouldUseItUntilItIsBroughtBack() throws IOException {
        put("changing.pt", "logit");
        String path = train("changing.pt", 1, 1, "float32", null);
        put("changing.pt", "features");

        client.post(path + "/extend", "{\"epochs\": 2}");

        assertThat(client.awaitEnd(path).get("state").asString()).isEqualTo("FAILED");
        assertThat(failure(path))
                .startsWith("the module changing.pt changed since the experiment began (SHA-256 ")
                .endsWith("bring the file back and retry, or post a new experiment");
        put("changing.pt", "logit");
        client.post(path + "/retry", "");
        assertThat(client.awaitEnd(path).get("state").asString()).isEqualTo("SUCCEEDED");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "failing | The module bad.pt failed: .*ValueError: these images are not mine",
                "no_linear | The module bad.pt gives one number for each row, which is the logit, but no Linear .* features",
                "overwriting | The module bad.pt failed in training: RuntimeError: one of the variables needed for gradient .*",
                "rows | The module bad.pt failed: RuntimeError: mat1 and mat2 shapes cannot be multiplied .*"
            })
    void aModuleThatCannotBeTrainedFailsTheRunInWords(String module, String message) throws IOException {
        put("bad.pt", module);

        assertThat(failure(fail("bad.pt"))).matches(message);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 300, 6000})
    void soDoesADamagedFile(int length) throws IOException {
        byte[] whole = Files.readAllBytes(MODULES.resolve("logit.pt"));
        Files.write(networks.resolve("damaged.pt"), Arrays.copyOf(whole, length));

        assertThat(failure(fail("damaged.pt"))).startsWith("The module damaged.pt cannot be loaded: ");
    }

    @Test
    void aModuleWithItsHeadWithinCannotTrainOnlyIt() throws IOException {
        put("within.pt", "logit");
        String path = client.submit(
                """
                {"dataset": {"name": "digits", "trainLimit": 10}, "trials": 1, "biasInits": [{"type": "default"}],
                 "model": {"architecture": "torchscript", "file": "within.pt", "train": "head"}}""");

        client.awaitEnd(path);

        assertThat(failure(path)).contains("has its head within");
    }

    private String fail(String file) {
        String path = client.submit(spec(file, 1, 1, "float32", null));
        assertThat(client.awaitEnd(path).get("state").asString()).isEqualTo("FAILED");
        return path;
    }

    private String failure(String path) {
        String run = client.get(path + "/runs").body().at("/0/id").asString();
        return client.get(path + "/runs/" + run).body().get("failure").asString();
    }

    private String train(String file, int trials, int epochs, String precision, String arm) {
        String path = client.submit(spec(file, trials, epochs, precision, arm));
        assertThat(client.awaitEnd(path).get("state").asString()).isEqualTo("SUCCEEDED");
        return path;
    }

    private static String spec(String file, int trials, int epochs, String precision, String arm) {
        return """
                {"dataset": {"name": "cifar10", "positiveClass": "frog"}, "trials": %d,
                 "model": {"architecture": "torchscript", "file": "%s"},
                 "biasInits": [{"type": "constant", "value": -1.0%s}],
                 "training": {"epochs": %d, "batchSize": 60, "precision": "%s", "optimizer": {"learningRate": 0.1}}}"""
                .formatted(trials, file, arm == null ? "" : ", " + arm, epochs, precision);
    }

    private JsonNode epochs(String path, int trial) {
        return client.get(path + "/metrics").body().at("/arms/0/trials/" + trial + "/epochs");
    }

    private void put(String name, String module) throws IOException {
        Files.copy(MODULES.resolve(module + ".pt"), networks.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    }

    private static JsonNode expected(String run) {
        return new JsonMapper()
                .readTree(MODULES.resolve("modules.json").toFile())
                .get(run);
    }
}
