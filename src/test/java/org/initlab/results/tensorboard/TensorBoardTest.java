package org.initlab.results.tensorboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.google.protobuf.ByteString;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.initlab.ExternalTool;
import org.initlab.ServiceClient;
import org.initlab.experiment.Revisions;
import org.initlab.platform.ServiceTest;
import org.initlab.results.Measurements;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@ServiceTest
class TensorBoardTest {
    private static final String FILE = "events.out.tfevents.0000000001.initlab";

    @LocalServerPort
    int port;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    BoardReader reader;

    @Autowired
    Revisions revisions;

    @Autowired
    JsonMapper json;

    @TempDir
    Path root;

    private ServiceClient client;
    private String path;
    private UUID id;
    private LiveBoards boards;

    @BeforeEach
    void submit() {
        client = new ServiceClient(port);
        path = client.submit(
                """
                {"name": "../digits: 5/10 – ärger", "dataset": {"name": "digits", "positiveClass": "0"}, "model": {"imageSize": 32},
                 "trials": 2, "training": {"epochs": 2}}""");
        id = UUID.fromString(path.substring(path.lastIndexOf('/') + 1));
        new Measurements(jdbc).finish(path, 20);
        jdbc.sql("update run set bias_value = -0.5 * arm_index where experiment_id = ?")
                .param(id)
                .update();
        boards = restarted();
    }

    private LiveBoards restarted() {
        return new LiveBoards(root, reader, revisions, new RunEvents(json));
    }

    @Test
    void theArchiveHasAFolderForEachRunWithTheNumbersOfTheJson() throws Exception {
        Map<String, ByteString> files = archive();

        String run = "digits_5_10_ärger-" + id + "/positive_rate/trial-1/" + FILE;
        assertThat(files)
                .containsOnlyKeys(
                        run.replace("positive_rate", "default").replace("trial-1", "trial-0"),
                        run.replace("positive_rate", "default"),
                        run.replace("trial-1", "trial-0"),
                        run);
        EventFile events = EventFile.read(files.get(run));
        JsonNode trial = client.get(path + "/metrics").body().at("/arms/1/trials/1");
        for (JsonNode epoch : trial.get("epochs")) {
            long step = epoch.get("epoch").asLong();
            assertThat(events.values("loss").get(step))
                    .isEqualTo((float) epoch.get("loss").asDouble());
            assertThat(events.values("rocAuc").get(step))
                    .isEqualTo((float) epoch.get("rocAuc").asDouble());
        }
        assertThat(events.values("trainLoss")).containsOnlyKeys(1L, 2L);
        Map<Long, Float> steps = new LinkedHashMap<>();
        client.get(path + "/runs/" + trial.get("runId").asString() + "/steps")
                .body()
                .get("steps")
                .forEach(step -> steps.put(
                        step.get("step").asLong(), (float) step.get("loss").asDouble()));
        assertThat(events.values("step/loss")).hasSize(4).isEqualTo(steps);
        assertThat(events.hyperparameters())
                .containsEntry("arm", "positive_rate")
                .containsEntry("trial", 1.0)
                .containsEntry("biasValue", -0.5)
                .containsEntry("dataset.name", "digits")
                .containsEntry("training.optimizer.learningRate", 1e-4);
        assertThat(events.status()).isEqualTo("SUCCESS");
    }

    @Test
    void theArchiveIsNamedAndNotSentTwice() throws Exception {
        HttpResponse<byte[]> first = get(path + "/tensorboard.zip");
        String tag = first.headers().firstValue("ETag").orElseThrow();

        assertThat(first.headers().firstValue("Content-Type")).hasValue("application/zip");
        assertThat(first.headers().firstValue("Content-Disposition"))
                .hasValue("attachment; filename=\"tensorboard-" + id + ".zip\"");
        assertThat(client.get(path + "/tensorboard.zip", "If-None-Match", tag).status())
                .isEqualTo(304);
        assertThat(client.send("HEAD", path + "/tensorboard.zip", "").header("ETag"))
                .isEqualTo(tag);
        assertThat(get(path + "/tensorboard.zip").body()).isEqualTo(first.body());
        assertThat(client.get("/experiments/" + UUID.randomUUID() + "/tensorboard.zip")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void aWriterThatWasKilledAnywhereIsFollowedByOneThatLeavesTheSameFile() throws Exception {
        boards.update();
        Map<String, ByteString> whole = files();
        assertThat(whole).containsAllEntriesOf(archive());
        Path file = root.resolve(whole.keySet().iterator().next());
        byte[] bytes = Files.readAllBytes(file);

        for (int length = 0; length < bytes.length; length += 101) {
            byte[] torn = Arrays.copyOf(bytes, length);
            // zeros are what a file system may leave of what it had no time to write
            Files.write(file, length % 2 == 0 ? torn : Arrays.copyOf(torn, bytes.length + 8));
            Files.delete(file.getParent().getParent().getParent().resolve(".revision"));
            restarted().update();

            assertThat(files()).as("cut after %d bytes", length).containsExactlyEntriesOf(whole);
        }
    }

    @Test
    void aFileGrowsWithItsRun() throws Exception {
        jdbc.sql("create table later as select * from epoch where epoch = 2").update();
        jdbc.sql("delete from epoch where epoch = 2").update();
        changed("RUNNING");
        boards.update();
        Map<String, ByteString> before = files();
        jdbc.sql("insert into epoch select * from later").update();
        jdbc.sql("drop table later").update();
        changed("SUCCEEDED");
        boards.update();

        assertThat(files()).containsOnlyKeys(before.keySet());
        for (Map.Entry<String, ByteString> file : before.entrySet()) {
            assertThat(files().get(file.getKey()).size())
                    .isGreaterThan(file.getValue().size());
            assertThat(files().get(file.getKey()).startsWith(file.getValue())).isTrue();
        }
        assertThat(files()).containsAllEntriesOf(archive());
        assertThat(EventFile.read(before.values().iterator().next()).status()).isEqualTo("RUNNING");
    }

    @Test
    void aRunThatWentBackGetsANewFileThatMakesTensorBoardForgetTheOld() throws Exception {
        boards.update();
        jdbc.sql("update epoch set committed_at = committed_at + interval '1 minute', loss = 0.5 where epoch = 2")
                .update();
        changed("SUCCEEDED");
        boards.update();

        Map<String, ByteString> files = files();
        assertThat(files).hasSize(4);
        for (Map.Entry<String, ByteString> file : files.entrySet()) {
            assertThat(file.getKey()).endsWith("events.out.tfevents.0000000002.initlab");
            EventFile events = EventFile.read(file.getValue());
            assertThat(events.startsAnew()).isTrue();
            assertThat(events.values("loss")).containsEntry(2L, 0.5f).hasSize(3);
        }
    }

    @Test
    void whatSomeoneDeletesOfAGrowingFileIsWrittenAgain() throws Exception {
        changed("RUNNING");
        boards.update();
        Map<String, ByteString> before = files();
        for (String file : before.keySet()) {
            Files.delete(root.resolve(file));
        }
        changed("RUNNING");
        boards.update();

        assertThat(files()).isEqualTo(before);
    }

    @Test
    void anExperimentThatIsDeletedTakesItsFolderAlong() throws IOException {
        Path foreign = Files.createDirectory(root.resolve("mine-" + UUID.randomUUID()));
        boards.update();
        assertThat(files()).isNotEmpty();
        assertThat(client.delete(path).status()).isEqualTo(204);
        boards.update();

        try (Stream<Path> left = Files.list(root)) {
            assertThat(left).contains(foreign).noneMatch(folder -> folder.toString()
                    .endsWith(id.toString()));
        }
    }

    /** {@code INITLAB_PYTHON} names a Python with TensorBoard; {@code python3} by default. */
    @Test
    void theRealTensorBoardReadsThem() throws Exception {
        String configured = System.getenv("INITLAB_PYTHON");
        Path python = configured == null ? ExternalTool.require("python3") : Path.of(configured);
        assumeThat(ExternalTool.run(python, "-c", "import tensorboard").status())
                .as("skipped: this Python has no TensorBoard; name another with INITLAB_PYTHON")
                .isZero();
        boards.update();

        ExternalTool.Result read = ExternalTool.run(python, "src/test/resources/tensorboard/read.py", root);
        assertThat(read.status()).as(read.output()).isZero();
        JsonNode runs = json.readTree(read.output());
        assertThat(runs.propertyNames().stream().filter(run -> run.contains(id.toString())))
                .hasSize(4);
        for (JsonNode arm : client.get(path + "/metrics").body().get("arms")) {
            for (JsonNode trial : arm.get("trials")) {
                String name = "digits_5_10_ärger-" + id + "/" + arm.get("arm").asString() + "/trial-"
                        + trial.get("trial").asInt();
                JsonNode run = runs.get(name);
                for (JsonNode epoch : trial.get("epochs")) {
                    String step = epoch.get("epoch").asString();
                    assertThat(run.at("/scalars/loss").get(step).floatValue())
                            .isEqualTo(epoch.get("loss").floatValue());
                }
                assertThat(run.at("/scalars/step~1loss").size()).isEqualTo(4);
                assertThat(run.at("/hparams/arm").asString())
                        .isEqualTo(arm.get("arm").asString());
                assertThat(run.get("status").asString()).isEqualTo("STATUS_SUCCESS");
            }
        }
    }

    private void changed(String state) {
        jdbc.sql(
                        "update run set state = ?, finished_at = case when ? = 'SUCCEEDED' then now() end where experiment_id = ?")
                .params(state, state, id)
                .update();
        jdbc.sql("update experiment set revision = revision + 1 where id = ?")
                .param(id)
                .update();
    }

    private Map<String, ByteString> archive() throws Exception {
        Map<String, ByteString> files = new LinkedHashMap<>();
        byte[] zip = get(path + "/tensorboard.zip").body();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip), StandardCharsets.UTF_8)) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                files.put(entry.getName(), ByteString.copyFrom(in.readAllBytes()));
            }
        }
        return files;
    }

    /** What TensorBoard would look at. */
    private Map<String, ByteString> files() {
        Map<String, ByteString> files = new LinkedHashMap<>();
        try (Stream<Path> all = Files.walk(root)) {
            List<Path> events = all.filter(file -> file.toString().contains("tfevents")
                            && file.toString().contains(id.toString()))
                    .sorted()
                    .toList();
            for (Path file : events) {
                files.put(root.relativize(file).toString(), ByteString.copyFrom(Files.readAllBytes(file)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }

    private HttpResponse<byte[]> get(String resource) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + resource))
                                .build(),
                        HttpResponse.BodyHandlers.ofByteArray());
    }
}
