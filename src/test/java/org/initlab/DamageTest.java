package org.initlab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.initlab.platform.ServiceTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;

/** Files that are torn, missing, or changed between two attempts of a run. */
@ServiceTest
@TestPropertySource(properties = "initlab.roles=api,worker")
class DamageTest {
    private static final String SPEC =
            """
            {"dataset": {"name": "synthetic", "trainLimit": %d, "testLimit": 64, "positiveRate": 0.25},
             "model": {"architecture": "mobilenet_v3_small", "head": "replace"}, "biasInits": [{"type": "positive_rate"}],
             "training": {"epochs": %d, "batchSize": 32}, "trials": 1, "stepInterval": 1}""";

    @LocalServerPort
    int port;

    @Value("${initlab.home}")
    Path home;

    @Autowired
    JdbcClient jdbc;

    ServiceClient client;

    @BeforeEach
    void connect() {
        client = new ServiceClient(port);
    }

    @Test
    void aTornCheckpointFallsBackToTheOneBeforeWithAWarningAndTheSameNumbers() throws IOException {
        Midway paused = Midway.of(client, 3, epochs -> SPEC.formatted(320, epochs), this::isPausedAfterAnEpoch);
        String path = paused.path();
        List<Path> checkpoints = checkpoints(path);
        assertThat(checkpoints).hasSize(2);
        Path newest = checkpoints.get(1);
        byte[] content = Files.readAllBytes(newest);
        Files.write(newest, Arrays.copyOf(content, content.length / 2));

        client.post(path + "/resume", "");
        client.awaitEnd(path);

        assertThat(run(path).get("state").asString()).isEqualTo("SUCCEEDED");
        assertThat(run(path).at("/warnings/0").asString())
                .contains("is damaged")
                .contains("went on from the one after");
        String undisturbed = client.submit(paused.spec());
        client.awaitEnd(undisturbed);
        assertThat(Results.of(client, path)).isEqualTo(Results.of(client, undisturbed));
    }

    @Test
    void aRunWithoutAReadableCheckpointFailsAndStartsOverOnlyWhenRetried() throws IOException {
        String path = trainedForAnEpoch();
        Files.delete(checkpoints(path).get(0));
        client.post(path + "/extend", "{\"epochs\": 2}");
        client.awaitEnd(path);
        assertThat(run(path).get("failure").asString()).contains("is gone").contains("retry");
        assertThat(run(path).get("epochsDone").asInt()).isPositive();

        client.post(path + "/retry", "");
        client.awaitEnd(path);
        assertThat(run(path).get("state").asString()).isEqualTo("SUCCEEDED");
        assertThat(run(path).get("failure").isNull()).isTrue();
        assertThat(run(path).at("/warnings/0").asString()).contains("from the beginning");
        assertThat(client.get(path + "/metrics")
                        .body()
                        .at("/arms/0/trials/0/epochs")
                        .size())
                .isEqualTo(3);
    }

    @Test
    void aCheckpointThatCannotBeWrittenFailsTheRunWithTheCauseAndARetryContinues() throws IOException {
        String path = trainedForAnEpoch();
        // blocks the file that the second attempt will write
        Path part = checkpoints(path).get(0).resolveSibling("epoch-0002-step-0-attempt-2.safetensors.part");
        Files.createFile(Files.createDirectory(part).resolve("full"));
        client.post(path + "/extend", "{\"epochs\": 2}");
        client.awaitEnd(path);
        assertThat(run(path).get("state").asString()).isEqualTo("FAILED");
        assertThat(run(path).get("failure").asString())
                .contains("cannot be written")
                .contains("retry");
        assertThat(run(path).get("epochsDone").asInt()).isEqualTo(1);

        client.post(path + "/retry", "");
        client.awaitEnd(path);
        assertThat(run(path).get("state").asString()).isEqualTo("SUCCEEDED");
        assertThat(run(path).get("warnings").size()).isZero();
    }

    @Test
    void dataChangedBetweenTwoAttemptsIsRefused() throws IOException {
        Path images = home.resolve("datasets/changing");
        for (int i = 0; i < 8; i++) {
            write(images.resolve("train/one/" + i + ".png"), i);
            write(images.resolve("train/other/" + i + ".png"), 100 + i);
            write(images.resolve("test/one/" + i + ".png"), 50 + i);
            write(images.resolve("test/other/" + i + ".png"), 150 + i);
        }
        String path = client.submit(
                """
                {"dataset": {"name": "image_folder", "path": "changing", "positiveClass": "one"}, "trials": 1,
                 "model": {"architecture": "mobilenet_v3_small", "head": "replace"}, "biasInits": [{"type": "zeros"}],
                 "training": {"epochs": 1, "batchSize": 16}}""");
        client.awaitEnd(path);
        write(images.resolve("train/one/0.png"), 200);
        client.post(path + "/extend", "{\"epochs\": 2}");
        client.awaitEnd(path);

        assertThat(run(path).get("state").asString()).isEqualTo("FAILED");
        assertThat(run(path).get("failure").asString()).contains("the data changed");
        assertThat(run(path).get("epochsDone").asInt()).isEqualTo(1);
        write(images.resolve("train/one/0.png"), 0);
        client.post(path + "/retry", "");
        assertThat(client.awaitEnd(path).get("state").asString()).isEqualTo("SUCCEEDED");
        assertThat(client.post(path + "/retry", "").status()).isEqualTo(409);
    }

    @Test
    void aRunWhoseDataIsNotHereWaitsForIt() throws IOException {
        Path images = home.resolve("datasets/leaving");
        for (int i = 0; i < 8; i++) {
            write(images.resolve("one/" + i + ".png"), i);
            write(images.resolve("other/" + i + ".png"), 100 + i);
        }
        String blocker = client.submit(SPEC.formatted(320, 1000));
        String path = client.submit(
                """
                {"dataset": {"name": "image_folder", "path": "leaving", "positiveClass": "one"}, "trials": 1,
                 "model": {"architecture": "mobilenet_v3_small", "head": "replace"}, "biasInits": [{"type": "zeros"}],
                 "training": {"epochs": 0}}""");
        Files.move(images, home.resolve("datasets/left"));
        client.post(blocker + "/cancel", "");
        await().atMost(Duration.ofMinutes(1))
                .until(() -> run(path).get("waitingFor").isString());

        assertThat(run(path).get("waitingFor").asString()).contains("datasets/leaving");
        Files.move(home.resolve("datasets/left"), images);
        lookAgainNow(run(path).get("id").asString());
        assertThat(client.awaitEnd(path).get("state").asString()).isEqualTo("SUCCEEDED");
    }

    private static void write(Path file, int shade) throws IOException {
        Files.createDirectories(file.getParent());
        BufferedImage image = new BufferedImage(32, 32, BufferedImage.TYPE_INT_RGB);
        for (int pixel = 0; pixel < 1024; pixel++) {
            image.setRGB(pixel % 32, pixel / 32, (shade * 65793 + pixel) & 0xffffff);
        }
        ImageIO.write(image, "png", file.toFile());
    }

    private boolean isPausedAfterAnEpoch(String path) {
        await().atMost(Duration.ofMinutes(1))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> run(path).get("epochsDone").asInt() >= 1);
        return Midway.isPaused(client, path);
    }

    private String trainedForAnEpoch() {
        String path = client.submit(SPEC.formatted(64, 1));
        client.awaitEnd(path);
        await().until(() -> checkpoints(path).size() == 1);
        return path;
    }

    /** Brings forward the worker's next check for what the run lacks, which it has put off by 15 s. */
    private void lookAgainNow(String run) {
        await().until(() -> jdbc.sql(
                                """
                                update scheduled_tasks set execution_time = now()
                                where task_instance like ? || '%' and not picked
                                    and execution_time between now() and now() + interval '15 seconds'""")
                        .param(run)
                        .update()
                == 1);
    }

    private JsonNode run(String path) {
        return client.get(path + "/runs").body().get(0);
    }

    /** Oldest first. */
    private List<Path> checkpoints(String path) throws IOException {
        try (Stream<Path> files = Files.list(
                home.resolve("checkpoints").resolve(run(path).get("id").asString()))) {
            return files.sorted().toList();
        }
    }
}
