package org.initlab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.initlab.ServiceClient.Answer;
import org.initlab.platform.ServiceTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;

/** The whole path of the data: HTTP, queue, PyTorch, PostgreSQL, JSON. */
@ServiceTest
@TestPropertySource(properties = "initlab.roles=api,worker")
class MainJobTest {
    private static final String SPEC =
            """
            {"name": "ring or not", "dataset": {"name": "synthetic", "trainLimit": 96, "testLimit": 64, "positiveRate": 0.25},
             "model": {"architecture": "mobilenet_v3_small", "head": "replace"}, "training": {"epochs": %d, "batchSize": 32},
             "trials": %d, "stepInterval": 2}""";

    @LocalServerPort
    int port;

    ServiceClient client;

    @BeforeEach
    void connect() {
        client = new ServiceClient(port);
    }

    @Test
    void aPostedExperimentIsTrainedAndItsMetricsAreServed() {
        Answer created = client.post("/experiments", SPEC.formatted(2, 2));
        String path = created.body().at("/links/self").asString();

        assertThat(created.status()).isEqualTo(201);
        assertThat(created.header("Location")).endsWith(path);
        assertThat(created.body().at("/expectedInitialLoss/positiveRate").asDouble())
                .isCloseTo(0.5623, within(1e-4));
        // a submission counts labels; the images are made and hashed by the first run
        assertThat(created.body().at("/dataset/trainRows").asInt()).isEqualTo(96);
        assertThat(created.body().at("/dataset/fingerprint").isNull()).isTrue();

        JsonNode experiment = client.awaitEnd(path);
        assertThat(experiment.at("/dataset/fingerprint").asString()).startsWith("sha256:");
        assertThat(experiment.get("state").asString()).isEqualTo("SUCCEEDED");
        assertThat(experiment.at("/runs/succeeded").asInt()).isEqualTo(4);
        assertThat(experiment.at("/progress/fraction").asDouble()).isEqualTo(1);
        assertThat(experiment.at("/dataset/trainRows").asInt()).isEqualTo(96);
        assertThat(experiment.at("/dataset/trainPositiveRate").asDouble()).isEqualTo(0.25);

        JsonNode arms = client.get(path + "/metrics").body().get("arms");
        assertThat(arms.valueStream().map(arm -> arm.get("arm").asString()))
                .containsExactly("default", "positive_rate");
        JsonNode prior = arms.get(1);
        assertThat(prior.at("/biasInit/value").asDouble()).isCloseTo(Math.log(1 / 3.0), within(1e-12));
        assertThat(prior.at("/trials/1/seed").asInt()).isEqualTo(43);
        assertThat(prior.at("/trials/1/epochs").valueStream().map(row -> row.get("epoch")
                        .asInt()))
                .containsExactly(0, 1, 2);
        assertThat(prior.at("/trials/0/epochs/0/trainLoss").isNull()).isTrue();
        assertThat(prior.at("/trials/0/epochs/0/outputBias").asDouble()).isCloseTo(Math.log(1 / 3.0), within(1e-6));
        JsonNode trained = prior.at("/trials/0/epochs/2");
        assertThat(trained.get("rowsPerSecond").asDouble())
                .isPositive()
                .isEqualTo(trained.get("imagesPerSecond").asDouble());
        double mean = (prior.at("/trials/0/epochs/2/loss").asDouble()
                        + prior.at("/trials/1/epochs/2/loss").asDouble())
                / 2;
        assertThat(prior.at("/summary/2/loss/mean").asDouble()).isCloseTo(mean, within(1e-12));
        assertThat(prior.at("/summary/2/trials").asInt()).isEqualTo(2);

        String run = path + "/runs/" + prior.at("/trials/0/runId").asString();
        assertThat(client.get(run).body().get("state").asString()).isEqualTo("SUCCEEDED");
        assertThat(client.get(run).body().get("attempts").asInt()).isEqualTo(1);
        assertThat(client.get(run + "/steps").body().get("steps").valueStream().map(step -> step.get("step")
                        .asInt()))
                .containsExactly(0, 2, 4);
    }

    @Test
    void theReturnedSpecPostedAgainRepeatsTheExperimentToTheBit() {
        String first = client.submit(SPEC.formatted(1, 1));
        JsonNode experiment = client.awaitEnd(first);
        String second = client.submit(experiment.get("spec").toString());

        assertThat(client.awaitEnd(second).get("spec")).isEqualTo(experiment.get("spec"));
        assertThat(losses(second)).hasSize(4).isEqualTo(losses(first));
    }

    @Test
    void moreTrialsLeaveTheFirstOnesUnchanged() {
        String one = client.submit(SPEC.formatted(1, 1));
        String two = client.submit(SPEC.formatted(1, 2));
        client.awaitEnd(one);
        client.awaitEnd(two);

        assertThat(losses(two)).hasSize(4).isEqualTo(losses(one));
        JsonNode trials = client.get(two + "/metrics").body().at("/arms/0/trials");
        assertThat(trials.at("/1/epochs/1/loss")).isNotEqualTo(trials.at("/0/epochs/1/loss"));
    }

    @Test
    void metricsAreSentAgainOnlyWhenTheyChanged() {
        String path = client.submit(SPEC.formatted(0, 1));
        client.awaitEnd(path);
        Answer full = client.get(path + "/metrics");
        Answer unchanged = client.get(path + "/metrics", "If-None-Match", full.header("ETag"));

        assertThat(full.status()).isEqualTo(200);
        assertThat(unchanged.status()).isEqualTo(304);
        assertThat(client.get(path + "/metrics", "If-None-Match", "\"0\"").status())
                .isEqualTo(200);
    }

    @Test
    void aRunningExperimentIsCancelledAndTheNextOneTrainedInstead() {
        String path = client.submit(SPEC.formatted(500, 3));
        await().atMost(Duration.ofMinutes(1))
                .until(() -> client.get(path).body().at("/progress/epochsDone").asInt() > 0);
        Answer cancelled = client.post(path + "/cancel", "");
        String next = client.submit(SPEC.formatted(0, 1));

        assertThat(cancelled.status()).isEqualTo(200);
        assertThat(cancelled.body().get("state").asString()).isEqualTo("CANCELLED");
        assertThat(cancelled.body().at("/runs/cancelled").asInt()).isEqualTo(6);
        assertThat(client.awaitEnd(next).get("state").asString()).isEqualTo("SUCCEEDED");
        JsonNode after = client.get(path).body();
        assertThat(after.get("progress")).isEqualTo(cancelled.body().get("progress"));
        assertThat(client.post(path + "/cancel", "").status()).isEqualTo(200);
        assertThat(client.post(next + "/cancel", "").status()).isEqualTo(409);
    }

    @Test
    void aHigherPriorityOvertakesWaitingExperiments() {
        String running = client.submit(SPEC.formatted(500, 1));
        client.awaitState(running, "RUNNING");
        String low = client.submit(SPEC.formatted(0, 1));
        String high = client.submit(SPEC.formatted(0, 1).replace("\"trials\"", "\"priority\": 5, \"trials\""));

        client.post(running + "/cancel", "");
        JsonNode first = client.awaitEnd(high);
        JsonNode second = client.awaitEnd(low);
        assertThat(first.get("finishedAt").asString())
                .isLessThan(second.get("startedAt").asString());
    }

    @Test
    void aDivergedRunKeepsItsEpochsAndSaysWhy() {
        String path = client.submit(SPEC.formatted(3, 1)
                .replace("\"batchSize\"", "\"optimizer\": {\"learningRate\": 1000}, \"batchSize\""));
        JsonNode experiment = client.awaitEnd(path);

        assertThat(experiment.at("/runs/diverged").asInt()).isEqualTo(2);
        JsonNode trial = client.get(path + "/metrics").body().at("/arms/0/trials/0");
        assertThat(trial.get("state").asString()).isEqualTo("DIVERGED");
        assertThat(trial.at("/epochs/0/loss").asDouble()).isPositive();
        String run = path + "/runs/" + trial.get("runId").asString();
        assertThat(client.get(run).body().get("failure").asString()).contains("learningRate");
        assertThat(client.get(run + "/steps").body().get("steps").size()).isPositive();
    }

    private List<Double> losses(String path) {
        List<Double> losses = new ArrayList<>();
        for (JsonNode arm : client.get(path + "/metrics").body().get("arms")) {
            for (JsonNode epoch : arm.at("/trials/0/epochs")) {
                losses.add(epoch.get("loss").asDouble());
            }
        }
        return losses;
    }
}
