package org.initlab.experiment.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.initlab.ServiceClient;
import org.initlab.ServiceClient.Answer;
import org.initlab.platform.ServiceTest;
import org.initlab.results.Measurements;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Tables as a process that never trains sees them. */
@ServiceTest
class TableApiTest {
    @LocalServerPort
    int port;

    @Value("${initlab.home}")
    Path home;

    ServiceClient client;

    @BeforeEach
    void table() throws IOException {
        client = new ServiceClient(port);
        write(
                "loans.csv",
                "age,city,paid\n"
                        + IntStream.range(0, 100)
                                .mapToObj(row -> row * 7 % 50 + "," + (row % 3 == 0 ? "Bern" : "Uri") + ","
                                        + (row % 10 == 0 ? "no" : "yes"))
                                .collect(Collectors.joining("\n")));
    }

    @Test
    void aTableIsCountedAtTheSubmissionAndTheModelIsAnMlp() {
        JsonNode experiment = submit("\"label\": \"paid\"").body();

        assertThat(experiment.at("/spec/model/architecture").asString()).isEqualTo("mlp");
        assertThat(experiment.at("/spec/model/hidden/0").asInt()).isEqualTo(16);
        assertThat(experiment.at("/spec/dataset/positiveClass").asString()).isEqualTo("no");
        assertThat(experiment.at("/spec/dataset/testShare").asDouble()).isEqualTo(0.2);
        assertThat(experiment.at("/spec/dataset/splitSeed").asInt()).isZero();
        assertThat(experiment.at("/dataset/trainRows").asInt()).isEqualTo(80);
        assertThat(experiment.at("/dataset/testRows").asInt()).isEqualTo(20);
        assertThat(experiment.at("/dataset/trainPositiveRate").asDouble()).isEqualTo(0.1);
        assertThat(experiment.at("/dataset/testPositiveRate").asDouble()).isEqualTo(0.1);
        assertThat(experiment.at("/dataset/columns/0/kind").asString()).isEqualTo("number");
        assertThat(experiment.at("/dataset/columns/1/values").toString()).isEqualTo("[\"Bern\",\"Uri\"]");
        assertThat(experiment.at("/expectedInitialLoss/positiveRate").isNumber())
                .isTrue();
        Answer again = client.post("/experiments", experiment.get("spec").toString());
        assertThat(again.body().get("spec")).isEqualTo(experiment.get("spec"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'\"label\": \"Paid\"' | /dataset/label | did you mean \"paid\"?",
                "'\"label\": \"paid\", \"features\": [\"age\", \"town\"]' | /dataset/features/1 | \"age\", \"city\", \"paid\"",
                "'\"label\": \"paid\", \"features\": [\"paid\"]' | /dataset/features/0 | must not name the label",
                "'\"label\": \"paid\", \"features\": [\"age\", \"age\"]' | /dataset/features/1 | a second time",
                "'\"label\": \"paid\", \"exclude\": [\"x\"]' | /dataset/exclude/0 | not a column",
                "'\"label\": \"paid\", \"exclude\": [\"age\", \"city\"]' | /dataset/exclude | leaves no column",
                "'\"label\": \"paid\", \"log\": [\"paid\"]' | /dataset/log/0 | not among the features",
                "'\"label\": \"paid\", \"group\": \"x\"' | /dataset/group | not a column",
                "'\"label\": \"paid\", \"augmentation\": [\"random_crop\"]' | /dataset/augmentation | only applies to images",
                "'\"label\": \"paid\", \"clip\": 0' | /dataset/clip | greater than 0",
                "'\"label\": \"paid\", \"testShare\": 1' | /dataset/testShare | less than 1",
                "'\"label\": \"paid\", \"testPath\": \"x.csv\"' | /dataset/testPath | no file datasets/x.csv",
                "'\"label\": \"paid\", \"positiveClass\": \"1\"' | /dataset/positiveClass | yes",
            })
    void whatTheHeaderDoesNotHaveIsRefusedAtItsPlace(String fields, String pointer, String detail) {
        Answer answer = submit(fields);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().get("errors").size()).isEqualTo(1);
        assertThat(answer.body().at("/errors/0/pointer").asString()).isEqualTo(pointer);
        assertThat(answer.body().at("/errors/0/detail").asString()).contains(detail);
    }

    @Test
    void theShippedTableTakesWhatTablesTakeButNoFile() {
        JsonNode spec = client.post("/experiments", "{\"dataset\": {\"name\": \"wisconsin\"}}")
                .body()
                .get("spec");
        assertThat(spec.at("/model/architecture").asString()).isEqualTo("mlp");
        assertThat(spec.at("/dataset/label").asString()).isEqualTo("diagnosis");
        assertThat(client.post("/experiments", spec.toString()).body().get("spec"))
                .isEqualTo(spec);

        JsonNode errors = client.post(
                        "/experiments",
                        "{\"dataset\": {\"name\": \"wisconsin\", \"path\": \"loans.csv\", \"testPath\": \"loans.csv\","
                                + " \"label\": \"mean area\", \"augmentation\": [\"random_crop\"]}}")
                .body()
                .get("errors");
        assertThat(errors.valueStream().map(error -> error.get("pointer").asString()))
                .containsExactly("/dataset/path", "/dataset/testPath", "/dataset/label", "/dataset/augmentation");
        assertThat(refusal("{\"dataset\": {\"name\": \"wisconsin\", \"exclude\": [\"area\"]}}"))
                .isEqualTo("/dataset/exclude/0");
    }

    @Test
    void networksForImagesAndMlpsAreKeptApart() {
        assertThat(refusal("{\"dataset\": {\"name\": \"table\", \"path\": \"loans.csv\", \"label\": \"paid\"},"
                        + " \"model\": {\"architecture\": \"resnet18\"}}"))
                .isEqualTo("/model/architecture");
        assertThat(refusal("{\"dataset\": {\"name\": \"digits\"}, \"model\": {\"architecture\": \"mlp\"}}"))
                .isEqualTo("/model/architecture");
    }

    @ParameterizedTest
    @ValueSource(strings = {"none.pth", "../none.pth", ""})
    void weightsThatAreNotThereAreRefusedThoughTheRowsAreNotKnownYet(String file) {
        assertThat(refusal("{\"dataset\": {\"name\": \"wisconsin\"}, \"model\": {\"weights\": \"" + file + "\"}}"))
                .isEqualTo("/model/weights");
    }

    @Test
    void weightsForAnotherNumberOfColumnsAreRefusedOnceTheseAreCounted() throws IOException {
        String tensors = "{\"0.weight\":{\"dtype\":\"F32\",\"shape\":[16,2],\"data_offsets\":[0,128]},"
                + "\"0.bias\":{\"dtype\":\"F32\",\"shape\":[16],\"data_offsets\":[128,192]},"
                + "\"2.weight\":{\"dtype\":\"F32\",\"shape\":[1,16],\"data_offsets\":[192,256]},"
                + "\"2.bias\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[256,260]}}";
        ByteBuffer file =
                ByteBuffer.allocate(Long.BYTES + tensors.length() + 260).order(ByteOrder.LITTLE_ENDIAN);
        file.putLong(tensors.length()).put(tensors.getBytes(StandardCharsets.US_ASCII));
        Files.createDirectories(home.resolve("weights"));
        Files.write(home.resolve("weights/narrow.safetensors"), file.array());
        String model = "\"model\": {\"weights\": \"narrow.safetensors\"}}";

        assertThat(refusal("{\"dataset\": {\"name\": \"wisconsin\"}, " + model)).isEqualTo("/model/weights");
        assertThat(client.post(
                                "/experiments",
                                "{\"dataset\": {\"name\": \"wisconsin\", \"features\": [\"mean area\", \"mean radius\"]}, "
                                        + model)
                        .status())
                .isEqualTo(201);
    }

    private String refusal(String spec) {
        Answer answer = client.post("/experiments", spec);
        assertThat(answer.status()).isEqualTo(400);
        return answer.body().at("/errors/0/pointer").asString();
    }

    /** The content is what a run reads; the header is checked at once. */
    @Test
    void aRowThatIsNotOfTheTableIsNoFaultOfTheRequest() throws IOException {
        write("torn.csv", "a,b\n1,yes\n2\n");
        write("twice.csv", "a,a\n1,yes\n");
        write("nul.csv", "a,b\n1\0,yes\n2,no\n");

        assertThat(submit("torn.csv", "\"label\": \"b\"").status()).isEqualTo(201);
        assertThat(submit("nul.csv", "\"label\": \"b\"").status()).isEqualTo(201);
        Answer twice = submit("twice.csv", "\"label\": \"a\"");
        assertThat(twice.body().at("/errors/0/pointer").asString()).isEqualTo("/dataset/path");
        assertThat(twice.body().at("/errors/0/detail").asString()).contains("several columns named \"a\"");
    }

    @Autowired
    JdbcClient jdbc;

    @Test
    void theTutorialOfTensorFlowNeedsItsFileAndShowsWhatItPublished() throws Exception {
        String preset = client.get("/presets/credit_card_fraud").raw().body();
        Files.deleteIfExists(home.resolve("datasets/creditcard.csv"));
        Answer missing = client.post("/experiments", preset);
        assertThat(missing.body().at("/errors/0/pointer").asString()).isEqualTo("/dataset/path");
        assertThat(missing.body().at("/errors/0/detail").asString())
                .contains(
                        "no file datasets/creditcard.csv",
                        "\"Credit Card Fraud Detection\"",
                        "mlg-ulb/creditcardfraud");

        String header = "\"Time\","
                + IntStream.rangeClosed(1, 28).mapToObj(i -> "\"V" + i + "\",").collect(Collectors.joining())
                + "\"Amount\",\"Class\"\n";
        write(
                "creditcard.csv",
                header
                        + IntStream.range(0, 200)
                                .mapToObj(row -> row + ",-1.5".repeat(27) + "," + row % 7 + "," + row % 9 + ",\""
                                        + (row % 20 == 0 ? 1 : 0) + "\"\n")
                                .collect(Collectors.joining()));
        for (String name : new String[] {"credit_card_fraud_weighted", "credit_card_fraud_oversampled"}) {
            Answer other = client.post(
                    "/experiments", client.get("/presets/" + name).raw().body());
            assertThat(other.status()).isEqualTo(201);
            assertThat(other.body().at("/spec/biasInits/2/type").asString()).isEqualTo("optimal");
        }
        String path = client.submit(preset);
        JsonNode experiment = client.get(path).body();
        assertThat(experiment.at("/dataset/columns").size()).isEqualTo(29);
        assertThat(experiment.get("spec"))
                .isEqualTo(client.post("/experiments", experiment.get("spec").toString())
                        .body()
                        .get("spec"));
        new Measurements(jdbc).finish(path, 1);

        // the file is not needed to look at the results
        Files.delete(home.resolve("datasets/creditcard.csv"));
        JsonNode published = client.get(path + "/comparison").body().get("published");
        assertThat(published.get("source").asString()).contains("one unseeded run each", "64 %", "not stratified");
        assertThat(published.at("/arms/0/epochs").size()).isEqualTo(1);
        assertThat(published.at("/arms/0/largestRocAuc").isNull()).isTrue();
        assertThat(published.at("/arms/1/epochs/1/epoch").asInt()).isEqualTo(20);
        assertThat(published.at("/arms/1/epochs/1/loss").isNull()).isTrue();
        // ln 2 would be 0.693; see Measurements for what is made up
        assertThat(published.at("/arms/0/epochs/0/loss").asDouble()).isBetween(0.55, 0.58);
        assertThat(client.get(path + "/curves.svg").raw().body()).contains(">published (thin)<");
    }

    /** However many requests there are, none of them waits for it or keeps it. */
    @Test
    void aLongTableIsLeftToTheRun() throws IOException {
        write("long.csv", "a,b\n" + "1,yes\n2,no\n".repeat(500_000));

        Answer answer = submit("long.csv", "\"label\": \"b\"");

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.body().get("dataset").isNull()).isTrue();
        assertThat(answer.body().at("/spec/dataset/positiveClass").isNull()).isTrue();
        assertThat(answer.body().at("/spec/dataset/testShare").asDouble()).isEqualTo(0.2);
        assertThat(submit("long.csv", "\"label\": \"c\"").status()).isEqualTo(400);
    }

    @Test
    void theColumnsOfATableCanBeLookedAtBeforehand() throws IOException {
        JsonNode preview = client.get("/datasets/table/columns?path=loans.csv").body();

        assertThat(preview.get("rows").asInt()).isEqualTo(100);
        assertThat(preview.get("complete").asBoolean()).isTrue();
        assertThat(preview.at("/columns/0").toString())
                .isEqualTo("{\"name\":\"age\",\"kind\":\"number\",\"missing\":0,\"counts\":null}");
        assertThat(preview.at("/columns/2/counts").toString())
                .isEqualTo("[{\"value\":\"no\",\"count\":10},{\"value\":\"yes\",\"count\":90}]");
        write("long.csv", "a,b\n" + "1,\n".repeat(10_001));
        preview = client.get("/datasets/table/columns?path=long.csv").body();
        assertThat(preview.get("rows").asInt()).isEqualTo(10_000);
        assertThat(preview.get("complete").asBoolean()).isFalse();
        assertThat(preview.at("/columns/1/missing").asInt()).isEqualTo(10_000);
        Files.copy(
                Path.of("src/test/resources/golden/kinds.parquet"),
                home.resolve("datasets/kinds.parquet"),
                StandardCopyOption.REPLACE_EXISTING);
        preview = client.get("/datasets/table/columns?path=kinds.parquet").body();
        assertThat(preview.at("/columns/6").toString())
                .isEqualTo(
                        "{\"name\":\"NA\",\"kind\":\"text\",\"missing\":1,\"counts\":[{\"value\":\"1\",\"count\":1},{\"value\":\"NA\",\"count\":1}]}");
        Answer outside = client.get("/datasets/table/columns?path=../loans.csv");
        assertThat(outside.status()).isEqualTo(400);
        assertThat(outside.body().get("detail").asString()).contains("points outside the folder datasets");
    }

    private Answer submit(String fields) {
        return submit("loans.csv", fields);
    }

    private Answer submit(String path, String fields) {
        return client.post(
                "/experiments",
                "{\"trials\": 1, \"dataset\": {\"name\": \"table\", \"path\": \"" + path + "\", " + fields + "}}");
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(Files.createDirectories(home.resolve("datasets")).resolve(name), text);
    }
}
