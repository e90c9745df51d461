package org.initlab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.initlab.platform.ServiceTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;

/** What users do with experiments while a worker trains them. */
@ServiceTest
@TestPropertySource(properties = "initlab.roles=api,worker")
class LifeCycleTest {
    private static final String SPEC =
            """
            {"dataset": {"name": "synthetic", "trainLimit": %d, "testLimit": 64, "positiveRate": 0.25},
             "model": {"architecture": "mobilenet_v3_small", "head": "replace"}, "biasInits": [{"type": "positive_rate"}],
             "training": {"epochs": %d, "batchSize": 32}, "trials": %d, "stepInterval": 1, "priority": %d}""";

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
    void aRunPausedWithinAnEpochResumesWhereItWasAndEndsWithTheSameNumbers() {
        Midway paused = Midway.of(client, 1280, rows -> SPEC.formatted(rows, 1, 1, 0), experiment -> {
            awaitEpochZero(experiment);
            return Midway.isPaused(client, experiment);
        });
        String path = paused.path();

        assertThat(client.get(path).body().at("/progress/epochsDone").asInt()).isZero();
        assertThat(jdbc.sql("select max(step) from checkpoint where run_id = ?::uuid")
                        .param(runs(path).get(0).get("id").asString())
                        .query(Integer.class)
                        .single())
                .isPositive();
        assertThat(client.post(path + "/pause", "").status()).isEqualTo(200);
        assertThat(client.post(path + "/resume", "").body().get("state").asString())
                .isNotEqualTo("PAUSED");
        assertThat(client.post(path + "/resume", "").status()).isEqualTo(200);
        client.awaitEnd(path);
        String undisturbed = client.submit(paused.spec());
        client.awaitEnd(undisturbed);

        assertThat(runs(path).get(0).get("attempts").asInt()).isEqualTo(2);
        assertThat(Results.of(client, path)).isEqualTo(Results.of(client, undisturbed));
        assertThat(client.post(path + "/pause", "").status()).isEqualTo(409);
    }

    @Test
    void anExtendedExperimentEqualsOneThatAskedForAsManyEpochsAtOnce() {
        String atOnce = client.submit(SPEC.formatted(96, 3, 1, 0));
        client.awaitEnd(atOnce);
        String extended = client.submit(SPEC.formatted(96, 1, 1, 0));
        client.awaitEnd(extended);

        JsonNode experiment =
                client.post(extended + "/extend", "{\"epochs\": 2}").body();
        assertThat(experiment.at("/spec/training/epochs").asInt()).isEqualTo(2);
        assertThat(experiment.at("/progress/epochsTotal").asInt()).isEqualTo(2);
        // while it runs, or has just ended: the database decides the race
        client.post(extended + "/extend", "{\"epochs\": 3}");
        client.awaitEnd(extended);

        assertThat(Results.of(client, extended)).isEqualTo(Results.of(client, atOnce));
        assertThat(client.post(extended + "/extend", "{\"epochs\": 3}").status())
                .isEqualTo(200);
        assertThat(client.post(extended + "/extend", "{\"epochs\": 2}").status())
                .isEqualTo(409);
        assertThat(client.post(extended + "/extend", "{\"epochs\": 0, \"epoch\": 4}")
                        .body()
                        .get("errors")
                        .size())
                .isEqualTo(2);
    }

    @Test
    void aHigherPriorityIsTrainedFirstAndFirstTrialsBeforeSecondOnes() {
        String blocker = client.submit(SPEC.formatted(1600, 1000, 1, 1000));
        awaitEpochZero(blocker);
        String first = client.submit(SPEC.formatted(64, 0, 2, 0));
        String second = client.submit(SPEC.formatted(64, 0, 2, 0));
        String urgent = client.submit(SPEC.formatted(64, 0, 2, 0));
        JsonNode moved = client.patch(urgent, "{\"priority\": 5}").body();
        assertThat(moved.get("priority").asInt()).isEqualTo(5);
        assertThat(moved.at("/spec/priority").asInt()).isEqualTo(5);
        client.post(blocker + "/cancel", "");
        List.of(first, second, urgent).forEach(client::awaitEnd);

        List<JsonNode> runs = new ArrayList<>();
        List.of(first, second, urgent).forEach(path -> runs(path).forEach(runs::add));
        runs.sort(Comparator.comparing(run -> run.get("startedAt").asString()));
        assertThat(runs.stream().map(run -> name(run, first, second, urgent) + run.get("trial")))
                .containsExactly("urgent0", "urgent1", "first0", "second0", "first1", "second1");
        assertThat(client.patch(urgent, "{\"priority\": 6}").status()).isEqualTo(409);
        assertThat(client.patch(urgent, "{\"priority\": 1001}").status()).isEqualTo(400);
    }

    private static String name(JsonNode run, String first, String second, String urgent) {
        String experiment = "/experiments/" + run.get("experimentId").asString();
        return experiment.equals(urgent)
                ? "urgent"
                : experiment.equals(first) ? "first" : second.equals(experiment) ? "second" : "?";
    }

    @Test
    void aFinishedExperimentIsDeletedWithEverythingItStored() {
        String path = client.submit(SPEC.formatted(64, 1000, 1, 0));
        awaitEpochZero(path);
        Path checkpoints = checkpoints(path);
        assertThat(client.delete(path).status()).isEqualTo(409);
        client.post(path + "/cancel", "");

        assertThat(client.delete(path).status()).isEqualTo(204);
        assertThat(client.get(path).status()).isEqualTo(404);
        assertThat(client.delete(path).status()).isEqualTo(404);
        await().atMost(Duration.ofSeconds(30)).until(() -> Files.notExists(checkpoints));
    }

    @Test
    void aRunThatNeedsAnotherDeviceSaysWhatItWaitsForAndLetsOthersPass() {
        String spec = SPEC.formatted(64, 0, 1, 10);
        String path = client.submit(spec.substring(0, spec.length() - 1) + ", \"device\": \"cuda\"}");
        client.awaitEnd(client.submit(SPEC.formatted(64, 0, 1, 0)));

        JsonNode experiment = client.get(path).body();
        assertThat(experiment.get("state").asString()).isEqualTo("QUEUED");
        assertThat(experiment.get("waitingFor").asString()).contains("cuda").contains("that are running have cpu");
        assertThat(runs(path).get(0).get("waitingFor").asString()).contains("cuda");
        assertThat(jdbc.sql("select version from scheduled_tasks where task_instance like ? || '/%'")
                        .param(runs(path).get(0).get("id").asString())
                        .query(Integer.class)
                        .single())
                .as("never taken by a worker that cannot train it")
                .isEqualTo(1);

        jdbc.sql("insert into worker values (gen_random_uuid(), 'gpu', 'gpu-host', 'cuda:0', 4, null, now(), now())")
                .update();
        assertThat(client.get(path).body().get("waitingFor").isNull()).isTrue();
        assertThat(runs(path).get(0).get("waitingFor").isNull()).isTrue();
        jdbc.sql("delete from worker where name = 'gpu'").update();
        client.post(path + "/cancel", "");
    }

    @Test
    void theWorkerShowsItsDeviceItsRunAndItsHeartbeat() {
        String path = client.submit(SPEC.formatted(1600, 1000, 1, 0));
        awaitEpochZero(path);

        JsonNode worker = client.get("/workers").body().get(0);
        assertThat(worker.get("state").asString()).isEqualTo("LIVE");
        assertThat(worker.get("device").asString()).isEqualTo("cpu");
        assertThat(worker.at("/run/id")).isEqualTo(runs(path).get(0).get("id"));
        assertThat(worker.get("lastHeartbeat").asString()).startsWith("20");
        client.post(path + "/cancel", "");
        await().atMost(Duration.ofSeconds(30))
                .until(() -> client.get("/workers").body().get(0).get("run").isNull());
    }

    private void awaitEpochZero(String path) {
        await().atMost(Duration.ofMinutes(1))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> client.get(path + "/metrics")
                        .body()
                        .at("/arms/0/trials/0/epochs/0/loss")
                        .isNumber());
    }

    private JsonNode runs(String path) {
        return client.get(path + "/runs").body();
    }

    private Path checkpoints(String path) {
        return home.resolve("checkpoints").resolve(runs(path).get(0).get("id").asString());
    }
}
