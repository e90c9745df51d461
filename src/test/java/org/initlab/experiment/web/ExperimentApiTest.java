package org.initlab.experiment.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.UUID;
import org.initlab.ServiceClient;
import org.initlab.ServiceClient.Answer;
import org.initlab.platform.ServiceTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/** The contract's answers of a process that never trains. */
@ServiceTest
class ExperimentApiTest {
    @LocalServerPort
    int port;

    @Value("${initlab.home}")
    Path home;

    ServiceClient client;

    @BeforeEach
    void connect() {
        client = new ServiceClient(port);
    }

    @Test
    void aSpecThatNamesItsDataAloneIsTheReferenceExperiment() {
        Answer created = client.post("/experiments", "{\"dataset\": {\"name\": \"cifar10\"}}");

        assertThat(created.status()).isEqualTo(201);
        JsonNode spec = created.body().get("spec");
        assertThat(spec.at("/dataset/positiveClass").asString()).isEqualTo("frog");
        assertThat(spec.at("/model/architecture").asString()).isEqualTo("efficientnet_b1");
        assertThat(spec.at("/model/imageSize").asInt()).isEqualTo(32);
        assertThat(spec.at("/model/dropout").asDouble()).isEqualTo(0.2);
        assertThat(spec.get("biasInits").toString()).isEqualTo("[{\"type\":\"default\"},{\"type\":\"positive_rate\"}]");
        assertThat(spec.get("training").toString())
                .startsWith("{\"epochs\":5,\"batchSize\":64,\"shuffle\":true,")
                .contains(
                        "\"optimizer\":{\"type\":\"sgd\",\"learningRate\":1.0E-4,\"momentum\":0.9,\"weightDecay\":0.0}");
        assertThat(spec.get("trials").asInt()).isEqualTo(10);
        assertThat(spec.get("seed").asInt()).isEqualTo(42);
        assertThat(created.body().at("/runs/queued").asInt()).isEqualTo(20);
        assertThat(created.body().at("/progress/epochsTotal").asInt()).isEqualTo(100);
        assertThat(created.body().get("state").asString()).isEqualTo("QUEUED");
        assertThat(created.body().get("dataset").isNull()).isTrue();
    }

    @Test
    void everyFaultOfASpecIsNamedAtOnceWithItsPlace() {
        Answer answer = client.post(
                "/experiments",
                """
            {"dataset": {"name": "cifar11", "positiveRate": 1.5}, "modle": {},
             "biasInits": [{"type": "zeros", "value": 1}, {"type": "constant"}, {"type": "prior"}],
             "training": {"epochs": -1, "batchSize": "64", "optimizer": {"learningRate": 0, "type": "adam", "momentum": 0.9}},
             "model": {"architecture": "efficientnet_b8"}, "trials": 0}\
            """);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.body().get("errors").valueStream().map(error -> error.get("pointer")
                        .asString()))
                .containsExactlyInAnyOrder(
                        "/dataset/name",
                        "/dataset/positiveRate",
                        "/modle",
                        "/biasInits/0/value",
                        "/biasInits/1/value",
                        "/biasInits/2/type",
                        "/training/epochs",
                        "/training/batchSize",
                        "/training/optimizer/learningRate",
                        "/training/optimizer/momentum",
                        "/model/architecture",
                        "/trials");
        assertThat(detail(answer, "/dataset/name")).contains("cifar10");
        assertThat(detail(answer, "/modle")).contains("model");
        assertThat(detail(answer, "/training/epochs")).isEqualTo("must be between 0 and 1000");
        assertThat(detail(answer, "/biasInits/0/value")).isEqualTo("only applies to the type constant");
        assertThat(detail(answer, "/biasInits/1/value")).isEqualTo("is required for the type constant: a logit");
        assertThat(detail(answer, "/biasInits/2/type"))
                .isEqualTo("must be one of default, zeros, positive_rate, constant, optimal, calibrated");
        assertThat(detail(answer, "/training/optimizer/momentum")).isEqualTo("only applies to the type sgd");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"name\": \"digits\", \"positiveClass\": \"frog\"} | /dataset/positiveClass",
                "{\"name\": \"digits\", \"positiveClass\": 10} | /dataset/positiveClass",
                "{\"name\": \"digits\", \"path\": \"x\"} | /dataset/path",
                "{\"name\": \"digits\", \"trainLimit\": 1} | /dataset",
                "{\"name\": \"image_folder\"} | /dataset/path",
                "{\"name\": \"image_folder\", \"path\": \"../..\"} | /dataset/path",
                "{\"name\": \"digits\", \"label\": \"x\"} | /dataset/label",
                "{\"name\": \"digits\", \"augmentation\": [\"random_crop\", \"random_crop\"]} | /dataset/augmentation",
                "{\"name\": \"digits\", \"augmentation\": [\"random_crop\", \"mirror\"]} | /dataset/augmentation/1",
                "{\"name\": \"digits\", \"augmentation\": [null]} | /dataset/augmentation/0",
                "{\"name\": \"table\", \"label\": \"x\"} | /dataset/path",
                "{\"name\": \"table\", \"path\": \"none.csv\", \"label\": \"x\"} | /dataset/path",
                "{\"name\": \"table\", \"path\": \"../x.csv\", \"label\": \"x\"} | /dataset/path",
                "{} | /dataset/name",
                "null | /dataset"
            })
    void aTaskThatCannotBeTrainedIsRefused(String dataset, String pointer) {
        Answer answer = client.post("/experiments", "{\"dataset\": " + dataset + "}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().at("/errors/0/pointer").asString())
                .as(answer.raw().body())
                .isEqualTo(pointer);
    }

    /** All of it from the folder's listing: no image here can be decoded. */
    @Test
    void aFolderOfImagesIsCountedAtTheSubmission() throws IOException {
        for (String split : List.of("Training", "val")) {
            write(split + "/cat", 40);
            write(split + "/dog", 60);
        }
        Files.writeString(home.resolve("datasets/counted/val/dog/labels.csv"), "");
        String spec =
                """
            {"dataset": {"name": "image_folder", "path": "counted"}, "trials": 1,
             "model": {"architecture": "efficientnet_b0", "imageSize": 32}}\
            """;
        JsonNode experiment = client.post("/experiments", spec).body();
        assertThat(experiment.at("/dataset/trainRows").asInt()).isEqualTo(100);
        assertThat(experiment.at("/dataset/trainPositiveRate").asDouble()).isEqualTo(0.4);
        assertThat(experiment.at("/dataset/folders/train").asString()).isEqualTo("Training");
        assertThat(experiment.at("/dataset/folders/test").asString()).isEqualTo("val");
        assertThat(experiment.at("/dataset/ignoredFiles").asInt()).isEqualTo(1);
        assertThat(experiment.at("/expectedInitialLoss/positiveRate").isNumber())
                .isTrue();
        assertThat(experiment.at("/warnings").size()).isEqualTo(2);
        assertThat(experiment.at("/warnings/0").asString()).contains("\"val\" is used as the test split");
        Files.createDirectories(home.resolve("datasets/counted/Training/bird"));
        Answer empty = client.post("/experiments", spec.replace("\"path\"", "\"positiveClass\": \"cat\", \"path\""));
        assertThat(empty.status()).isEqualTo(400);
        assertThat(empty.body().at("/errors/0/pointer").asString()).isEqualTo("/dataset/path");
        assertThat(detail(empty, "/dataset/path")).contains("datasets/counted/Training/bird holds no image");
    }

    @Test
    void weightsThatDoNotFitAreRefusedAtTheSubmission() throws IOException {
        Answer answer = submitWith(weights("wrapped/lightning.ckpt"));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(detail(answer, "/model/weights"))
                .contains(
                        "conv1.weight is missing", "own names are model.features.0.weight", "the network's are conv1");
    }

    @Test
    void weightsThatFitTwiceAreWarnedOf() throws IOException {
        Answer answer = submitWith(weights("resnet18_twice.pth"));

        assertThat(answer.status()).as(answer.raw().body()).isEqualTo(201);
        assertThat(answer.body().at("/warnings").toString())
                .contains("The weights file resnet18_twice.pth", "both in model and in model_ema; the first are used");
    }

    private Answer submitWith(String weights) {
        return client.post(
                "/experiments",
                """
            {"dataset": {"name": "digits"}, "trials": 1,
             "model": {"architecture": "resnet18", "imageSize": 32, "weights": "%s"}}\
            """
                        .formatted(weights));
    }

    private String weights(String resource) throws IOException {
        Path file = Path.of("src/test/resources/weights").resolve(resource);
        Path folder = Files.createDirectories(home.resolve("weights"));
        Files.copy(file, folder.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
        return file.getFileName().toString();
    }

    private void write(String folder, int images) throws IOException {
        Path path = Files.createDirectories(home.resolve("datasets/counted").resolve(folder));
        for (int i = 0; i < images; i++) {
            Files.createFile(path.resolve(i + ".JPG"));
        }
    }

    @Test
    void everyBodyIsAnsweredWithAllItsFaults() {
        String path = client.submit("{\"dataset\": {\"name\": \"digits\"}, \"trials\": 1}");

        Answer extension = client.post(path + "/extend", "{\"epochs\": \"20\", \"epoch\": 1}");
        assertThat(extension.status()).isEqualTo(400);
        assertThat(detail(extension, "/epochs")).isEqualTo("must be a whole number, not a string");
        assertThat(detail(extension, "/epoch")).isEqualTo("unknown field 'epoch'; did you mean 'epochs'?");
        Answer change = client.patch(path, "{\"priority\": 1001, \"kepp\": true}");
        assertThat(change.status()).isEqualTo(400);
        assertThat(detail(change, "/priority")).isEqualTo("must be between -1000 and 1000");
        assertThat(detail(change, "/kepp")).contains("unknown field 'kepp'");
        assertThat(client.patch(path, "{\"priority\": }").body().get("detail").asString())
                .contains("not readable JSON at line 1, column 14");
        assertThat(client.patch(path, "\"" + "a".repeat(1 << 20) + "\"").status())
                .isEqualTo(413);
        assertThat(client.patch(path, " ").body().get("detail").asString()).isEqualTo("The request needs a body.");
    }

    @Test
    void aBatchOfASingleRowIsRefusedBeforeItIsQueued() {
        Answer answer = client.post(
                "/experiments",
                "{\"dataset\": {\"name\": \"digits\", \"trainLimit\": 65, \"testLimit\": 33}, \"model\": {\"imageSize\": 32},"
                        + " \"evaluation\": {\"batchSize\": 32, \"mode\": \"train\"}}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().get("errors").size()).isEqualTo(2);
        assertThat(detail(answer, "/training/batchSize")).contains("65 rows in batches of 64");
        assertThat(detail(answer, "/evaluation/batchSize")).contains("change evaluation.batchSize");
    }

    @Test
    void aPositiveClassMayBeGivenByItsIndex() {
        Answer created = client.post("/experiments", "{\"dataset\": {\"name\": \"cifar10\", \"positiveClass\": 9}}");

        assertThat(created.body().at("/spec/dataset/positiveClass").asString()).isEqualTo("truck");
    }

    @Test
    void armsOfOneTypeAreToldApartByTheirParameters() {
        String path = client.submit(
                """
            {"dataset": {"name": "digits"}, "trials": 1, "biasInits": [{"type": "positive_rate"},
             {"type": "positive_rate", "rate": 0.01}, {"type": "constant", "value": -2.2}, {"type": "zeros"},
             {"type": "zeros"}]}\
            """);

        assertThat(client.get(path + "/metrics")
                        .body()
                        .get("arms")
                        .valueStream()
                        .map(arm -> arm.get("arm").asString()))
                .containsExactly("positive_rate", "positive_rate_0.01", "constant", "zeros", "zeros_2");
    }

    @Test
    void theListIsFilteredSortedAndPaged() {
        String name = "listed " + UUID.randomUUID();
        for (int i = 0; i < 3; i++) {
            client.submit(
                    "{\"name\": \"%s %d\", \"dataset\": {\"name\": \"digits\"}, \"trials\": 1}".formatted(name, i));
        }
        String filter = "?dataset=digits&state=QUEUED&architecture=efficientnet_b1&name="
                + name.toUpperCase(java.util.Locale.ROOT).replace(' ', '+');

        JsonNode newestFirst = client.get("/experiments" + filter + "&size=2").body();
        assertThat(newestFirst.at("/page/totalElements").asInt()).isEqualTo(3);
        assertThat(names(newestFirst)).containsExactly(name + " 2", name + " 1");
        JsonNode byName = client.get("/experiments" + filter + "&size=2&page=1&sort=name,asc")
                .body();
        assertThat(names(byName)).containsExactly(name + " 2");
        assertThat(client.get("/experiments?name=%25" + UUID.randomUUID())
                        .body()
                        .at("/page/totalElements")
                        .asInt())
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"page=-1", "size=0", "size=201", "size=x", "sort=spec", "sort=name,up", "state=DONE", "name=%00"
            })
    void aListParameterOutOfItsRangeIsRefused(String query) {
        assertThat(client.get("/experiments?" + query).status()).isEqualTo(400);
    }

    @Test
    void whatIsPolledInALoopIsNeverOlderThanWhatWasShown() {
        String path = client.submit("{\"dataset\": {\"name\": \"digits\"}, \"trials\": 1}");
        for (int priority = 1; priority <= 5; priority++) {
            client.get(path + "/metrics");
            client.patch(path, "{\"priority\": " + priority + "}");
            String shown = client.get(path).header("ETag");

            assertThat(client.get(path + "/metrics").header("ETag")).isEqualTo(shown);
        }
        client.post(path + "/cancel", "");
        client.get(path + "/metrics");
        client.delete(path);

        assertThat(client.get(path + "/metrics").status()).isEqualTo(404);
    }

    @Test
    void aQueuedExperimentIsCancelledAtOnce() {
        String path = client.submit("{\"dataset\": {\"name\": \"digits\"}, \"trials\": 2}");
        Answer cancelled = client.post(path + "/cancel", "");

        assertThat(cancelled.body().get("state").asString()).isEqualTo("CANCELLED");
        assertThat(cancelled.body().at("/runs/cancelled").asInt()).isEqualTo(4);
        assertThat(cancelled.body().get("finishedAt").isNull()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/metrics", "/runs", "/runs/0198f0c2-0000-7000-8000-000000000000"})
    void whatIsNotThereIsNotFound(String rest) {
        assertThat(client.get("/experiments/0198f0c2-0000-7000-8000-000000000000" + rest)
                        .status())
                .isEqualTo(404);
        assertThat(client.get("/experiments/frog" + rest).status()).isEqualTo(404);
    }

    @Test
    void whatAPresetReturnsCanBePostedAsItIs() {
        JsonNode presets = client.get("/presets").body();

        assertThat(presets.size()).isPositive();
        for (JsonNode preset : presets) {
            if (preset.get("name").asString().startsWith("credit_card")) {
                continue; // TableApiTest has the file that these need
            }
            String spec = client.get("/presets/" + preset.get("name").asString())
                    .raw()
                    .body();
            String path = preset.get("kind").asString().equals("study") ? "/studies" : "/experiments";
            assertThat(client.post(path, spec).status()).as(spec).isEqualTo(201);
        }
        assertThat(client.get("/presets/slowstart").status()).isEqualTo(404);
    }

    @Test
    void whatASpecCanNameIsListed() {
        assertThat(client.get("/datasets").body().valueStream().map(data -> data.get("name")
                        .asString()))
                .contains("cifar10", "digits", "synthetic");
        JsonNode architectures = client.get("/architectures").body();
        assertThat(architectures.valueStream().map(it -> it.get("name").asString()))
                .contains("mobilenet_v3_small", "mobilenet_v3_large", "convnext_tiny");
        assertThat(architectures.at("/1/parameters").asInt()).isEqualTo(7_794_184);
        JsonNode resnet50 = architectures.get(10);
        assertThat(resnet50.get("name").asString()).isEqualTo("resnet50");
        assertThat(resnet50.get("dropout").isNull()).isTrue();
        assertThat(resnet50.at("/imageNet/file").asString()).isEqualTo("resnet50-11ad3fa6.pth");
    }

    @Test
    void aRateThatTheNetworkDoesNotHaveIsNullAndRefused() {
        JsonNode spec = client.post(
                        "/experiments",
                        """
            {"dataset": {"name": "digits"}, "model": {"architecture": "resnet18"}}\
            """)
                .body()
                .get("spec");
        assertThat(spec.at("/model/dropout").isNull()).isTrue();
        assertThat(spec.at("/model/imageSize").asInt()).isEqualTo(8);

        JsonNode refused = client.post(
                        "/experiments",
                        """
            {"dataset": {"name": "digits"},
             "model": {"architecture": "resnet18", "dropout": 0.2, "stochasticDepth": 0}}\
            """)
                .body();
        assertThat(refused.at("/errors/0/pointer").asString()).isEqualTo("/model/dropout");
        assertThat(refused.at("/errors/1/pointer").asString()).isEqualTo("/model/stochasticDepth");
    }

    @Test
    void theHeadAndWhatIsTrainedAreTakenAndWhatANetworkDoesNotHaveIsRefused() {
        String spec = """
            {"dataset": {"name": "digits"}, "model": %s}\
            """;
        JsonNode model = client.post(
                        "/experiments",
                        spec.formatted("{\"architecture\": \"resnet18\", \"head\": \"replace\", \"train\": \"head\"}"))
                .body()
                .at("/spec/model");
        assertThat(model.get("head").asString()).isEqualTo("replace");
        assertThat(model.get("train").asString()).isEqualTo("head");
        assertThat(model.get("hidden").isNull()).isTrue();

        assertThat(pointers(
                        spec.formatted("{\"architecture\": \"resnet18\", \"hidden\": [4], \"activation\": \"gelu\"}")))
                .containsExactly("/model/hidden", "/model/activation");
        assertThat(
                        pointers(
                                spec.formatted(
                                        "{\"architecture\": \"mlp\", \"head\": \"on_logits\", \"train\": \"head\", \"weights\": \"imagenet\"}")))
                .containsExactlyInAnyOrder("/model/architecture", "/model/head", "/model/train", "/model/weights");
        assertThat(pointers(spec.formatted("{\"head\": \"none\", \"hidden\": [0, 3.5], \"activation\": \"tanh\"}")))
                .contains("/model/head", "/model/hidden/0", "/model/hidden/1", "/model/activation");
    }

    @Test
    void aModuleIsRefusedUnlessTheOperatorAllowsThem() {
        JsonNode errors = client.post(
                        "/experiments",
                        "{\"dataset\": {\"name\": \"digits\"}, \"model\": {\"architecture\": \"torchscript\", \"file\": \"m.pt\"}}")
                .body()
                .get("errors");

        assertThat(errors.size()).isEqualTo(1);
        assertThat(errors.at("/0/pointer").asString()).isEqualTo("/model/architecture");
        assertThat(errors.at("/0/detail").asString()).contains("initlab.networks.allow=true");
    }

    private List<String> pointers(String spec) {
        return client.post("/experiments", spec)
                .body()
                .get("errors")
                .valueStream()
                .map(error -> error.get("pointer").asString())
                .toList();
    }

    @Test
    void aNetworkThatNeedsLargerImagesThanTheDatasGetsThemOrRefusesTheSize() {
        String spec =
                """
            {"dataset": {"name": "digits"}, "model": {"architecture": "convnext_tiny", "imageSize": %s}}\
            """;
        JsonNode accepted =
                client.post("/experiments", spec.formatted("null")).body().get("spec");
        assertThat(accepted.at("/model/imageSize").asInt()).isEqualTo(32);
        assertThat(accepted.at("/model/dropout").isNull()).isTrue();
        assertThat(accepted.at("/model/stochasticDepth").asDouble()).isEqualTo(0.1);
        JsonNode refused = client.post("/experiments", spec.formatted("31")).body();
        assertThat(refused.at("/errors/0/pointer").asString()).isEqualTo("/model/imageSize");
        assertThat(refused.at("/errors/0/detail").asString()).contains("32 pixels or more");
    }

    private static List<String> names(JsonNode page) {
        return page.get("content")
                .valueStream()
                .map(experiment -> experiment.get("name").asString())
                .toList();
    }

    private static String detail(Answer answer, String pointer) {
        return answer.body()
                .get("errors")
                .valueStream()
                .filter(error -> error.get("pointer").asString().equals(pointer))
                .findFirst()
                .orElseThrow()
                .get("detail")
                .asString();
    }
}
