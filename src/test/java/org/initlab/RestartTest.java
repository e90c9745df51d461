package org.initlab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Real processes, stopped and killed midway. */
class RestartTest {
    private static final String SPEC =
            """
            {"dataset": {"name": "synthetic", "trainLimit": 96, "testLimit": 64, "positiveRate": 0.25},
             "model": {"architecture": "efficientnet_b0"}, "biasInits": [{"type": "%s"}],
             "training": {"epochs": %d, "batchSize": 32}, "trials": %d, "stepInterval": 1}""";

    @TempDir
    Path home;

    @Test
    void whatIsFinishedStaysAndTheRestResumesFromItsLastEpoch() {
        String finished;
        String undisturbed;
        String stopped;
        JsonNode before;
        try (ServiceProcess service = start()) {
            ServiceClient client = service.client();
            finished = client.submit(SPEC.formatted("zeros", 0, 2));
            before = client.awaitEnd(finished);
            undisturbed = client.submit(SPEC.formatted("positive_rate", 6, 1));
            client.awaitEnd(undisturbed);
            stopped = client.submit(SPEC.formatted("positive_rate", 6, 1));
            awaitEpochs(client, stopped, 2);
            service.terminate();
        }
        try (ServiceProcess service = start()) {
            assertThat(service.client().get(finished).body()).isEqualTo(before);
            awaitEpochs(service.client(), stopped, 4);
            service.kill();
        }
        try (ServiceProcess service = start()) {
            ServiceClient client = service.client();
            JsonNode experiment = client.awaitEnd(stopped);

            assertThat(experiment.get("state").asString()).isEqualTo("SUCCEEDED");
            assertThat(numbers(client, stopped)).hasSize(7).isEqualTo(numbers(client, undisturbed));
            assertThat(run(client, stopped).get("attempts").asInt()).isEqualTo(3);
            assertThat(steps(client, stopped)).hasSize(18).isEqualTo(steps(client, undisturbed));
        }
    }

    @Test
    void whatHasBegunContinuesBeforeTheOtherArmsOfItsTrial() {
        String path;
        try (ServiceProcess service = start()) {
            path = service.client()
                    .submit(SPEC.formatted("default\"}, {\"type\": \"zeros\"}, {\"type\": \"positive_rate", 2, 1));
            awaitEpochs(service.client(), path, 1);
            service.terminate();
        }
        try (ServiceProcess service = start()) {
            service.client().awaitEnd(path);
            JsonNode runs = service.client().get(path + "/runs").body();

            assertThat(runs.get(0).get("attempts").asInt()).isEqualTo(2);
            assertThat(time(runs.get(0), "finishedAt")).isBeforeOrEqualTo(time(runs.get(1), "startedAt"));
            assertThat(time(runs.get(1), "finishedAt")).isBeforeOrEqualTo(time(runs.get(2), "startedAt"));
        }
    }

    private static Instant time(JsonNode run, String property) {
        return Instant.parse(run.get(property).asString());
    }

    private ServiceProcess start() {
        // a short heartbeat, so that the test need not wait for a dead worker to be noticed
        return ServiceProcess.start(
                home,
                "initlab.quickstart=false",
                "initlab.worker.heartbeat=500ms",
                "db-scheduler.polling-interval=100ms");
    }

    private static void awaitEpochs(ServiceClient client, String path, int epochs) {
        await().atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> client.get(path).body().at("/progress/epochsDone").asInt() >= epochs);
    }

    private static List<List<JsonNode>> numbers(ServiceClient client, String path) {
        List<List<JsonNode>> numbers = new ArrayList<>();
        for (JsonNode row : client.get(path + "/metrics").body().at("/arms/0/trials/0/epochs")) {
            numbers.add(List.of(
                    row.get("epoch"),
                    row.get("trainLoss"),
                    row.get("loss"),
                    row.get("rocAuc"),
                    row.get("prAuc"),
                    row.get("brier"),
                    row.get("objective"),
                    row.get("meanProbability"),
                    row.get("ece"),
                    row.get("outputBias")));
        }
        return numbers;
    }

    private static JsonNode run(ServiceClient client, String path) {
        return client.get(path + "/runs").body().get(0);
    }

    private static List<JsonNode> steps(ServiceClient client, String path) {
        String run = run(client, path).get("id").asString();
        List<JsonNode> steps = new ArrayList<>();
        client.get(path + "/runs/" + run + "/steps").body().get("steps").forEach(steps::add);
        return steps;
    }
}
