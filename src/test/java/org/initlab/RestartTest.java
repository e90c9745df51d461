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
             "model": {"architecture": "efficientnet_b0"}, "biasInits": [%s],
             "training": {"epochs": %d, "batchSize": 32}, "trials": %d, "stepInterval": 1}""";

    private static final String ZEROS = "{\"type\": \"zeros\"}";
    private static final String POSITIVE_RATE = "{\"type\": \"positive_rate\"}";

    @TempDir
    Path home;

    @Test
    void whatIsFinishedStaysAndTheRestResumesFromItsLastEpochBeforeTheOtherArmBegins() {
        String finished;
        String undisturbed;
        String stopped;
        JsonNode before;
        try (ServiceProcess service = start()) {
            ServiceClient client = service.client();
            finished = client.submit(SPEC.formatted(ZEROS, 0, 2));
            before = client.awaitEnd(finished);
            undisturbed = client.submit(SPEC.formatted(POSITIVE_RATE, 6, 1));
            client.awaitEnd(undisturbed);
            stopped = client.submit(SPEC.formatted(POSITIVE_RATE + ", " + ZEROS, 6, 1));
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
            assertThat(run(client, stopped, 0).get("attempts").asInt()).isEqualTo(3);
            assertThat(time(run(client, stopped, 0), "finishedAt"))
                    .isBeforeOrEqualTo(time(run(client, stopped, 1), "startedAt"));
            assertThat(steps(client, stopped)).hasSize(18).isEqualTo(steps(client, undisturbed));
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

    private static JsonNode run(ServiceClient client, String path, int arm) {
        return client.get(path + "/runs").body().get(arm);
    }

    private static List<JsonNode> steps(ServiceClient client, String path) {
        String run = run(client, path, 0).get("id").asString();
        List<JsonNode> steps = new ArrayList<>();
        client.get(path + "/runs/" + run + "/steps").body().get("steps").forEach(steps::add);
        return steps;
    }
}
