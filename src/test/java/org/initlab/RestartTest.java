package org.initlab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Real processes, stopped and killed midway, whose spans are received all the while. */
class RestartTest {
    private static final String SPEC =
            """
            {"dataset": {"name": "synthetic", "trainLimit": 96, "testLimit": 64, "positiveRate": 0.25},
             "model": {"architecture": "mobilenet_v3_small", "head": "replace"}, "biasInits": [%s],
             "training": {"epochs": %d, "batchSize": 32}, "trials": %d, "stepInterval": 1}""";

    private static final int EPOCHS = 10;
    /** So many that no kill comes too late. */
    private static final int ENDLESS = 1000;

    private static final String ZEROS = "{\"type\": \"zeros\"}";
    private static final String POSITIVE_RATE = "{\"type\": \"positive_rate\"}";

    @TempDir
    Path home;

    private SpanReceiver spans;

    @BeforeEach
    void receive() throws IOException {
        spans = new SpanReceiver();
    }

    @AfterEach
    void close() {
        spans.close();
    }

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
            undisturbed = client.submit(SPEC.formatted(POSITIVE_RATE, EPOCHS, 1));
            client.awaitEnd(undisturbed);
            checkTrace(run(client, undisturbed, 0).get("id").asString());
            stopped = client.submit(SPEC.formatted(POSITIVE_RATE + ", " + ZEROS, ENDLESS, 1));
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
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> run(client, stopped, 0).get("attempts").asInt() == 3);
            awaitEpochs(client, stopped, EPOCHS);

            assertThat(numbers(client, stopped).subList(0, EPOCHS + 1)).isEqualTo(numbers(client, undisturbed));
            assertThat(steps(client, stopped).subList(0, 3 * EPOCHS)).isEqualTo(steps(client, undisturbed));
            assertThat(run(client, stopped, 1).get("startedAt").isNull()).isTrue();
        }
    }

    @Test
    void aStudyThatWasKilledTwiceEndsWithTheMapOfAnUndisturbedOne() {
        JsonNode undisturbed;
        String killed;
        try (ServiceProcess service = start()) {
            ServiceClient client = service.client();
            String path = submitStudy(client);
            client.awaitEnd(path);
            undisturbed = differences(client, path);
            killed = submitStudy(client);
            awaitEpochs(client, killed, 6);
            service.kill();
        }
        try (ServiceProcess service = start()) {
            awaitEpochs(service.client(), killed, 18);
            service.kill();
        }
        try (ServiceProcess service = start()) {
            JsonNode study = service.client().awaitEnd(killed);

            assertThat(study.get("state").asString()).isEqualTo("SUCCEEDED");
            assertThat(study.at("/experiments/succeeded").asInt()).isEqualTo(9);
            assertThat(differences(service.client(), killed)).isEqualTo(undisturbed);
        }
    }

    private static String submitStudy(ServiceClient client) {
        return client.post(
                        "/studies",
                        """
                        {"name": "nine points", "base": {"dataset": {"name": "wisconsin"},
                           "training": {"epochs": 2, "batchSize": 32}, "trials": 1},
                         "axes": [{"pointer": "/dataset/positiveRate", "values": [0.2, 0.1, 0.08]},
                           {"pointer": "/training/optimizer/learningRate", "values": [0.001, 0.01, 0.1]}]}""")
                .body()
                .at("/links/self")
                .asString();
    }

    private static JsonNode differences(ServiceClient client, String study) {
        List<JsonNode> all = new ArrayList<>();
        for (JsonNode point : client.get(study + "/map").body().get("points")) {
            assertThat(point.at("/difference/mean").isNumber()).isTrue();
            all.add(((ObjectNode) point).without(List.of("experimentId", "links")));
        }
        return JsonNodeFactory.instance.arrayNode().addAll(all);
    }

    private ServiceProcess start() {
        // a short heartbeat, so that the test need not wait for a dead worker to be noticed
        List<String> properties = new ArrayList<>(spans.properties());
        properties.addAll(List.of(
                "initlab.quickstart=false", "initlab.worker.heartbeat=500ms", "db-scheduler.polling-interval=100ms"));
        return ServiceProcess.start(home, properties.toArray(String[]::new));
    }

    /** A run is a trace: its dispatch, then its epochs with a commit each; it refers to its submission. */
    private void checkTrace(String run) {
        Span trace = await().atMost(Duration.ofMinutes(1))
                .until(() -> spans.ofRun(run), Optional::isPresent)
                .orElseThrow();

        assertThat(trace.getParentSpanId().isEmpty()).isTrue();
        assertThat(trace.getLinksList()).singleElement().satisfies(link -> assertThat(spans.named("initlab.submit"))
                .filteredOn(submission -> submission.getSpanId().equals(link.getSpanId()))
                .extracting(Span::getTraceId)
                .containsExactly(link.getTraceId())
                .doesNotContain(trace.getTraceId()));
        assertThat(spans.within(trace, "initlab.dispatch")).hasSize(1);
        assertThat(spans.within(trace, "initlab.epoch").stream()
                        .flatMap(epoch -> spans.within(epoch, "initlab.commit").stream()))
                .hasSize(EPOCHS + 1);
        assertThat(spans.names())
                .contains("http post /experiments")
                .noneMatch(name -> name.startsWith("task") || name.startsWith("security") || name.contains("actuator"));
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
