package org.initlab.bench;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.initlab.ServiceClient;
import org.initlab.ServiceProcess;
import tools.jackson.databind.JsonNode;

/** Many steps of one run, as small as a network allows, to see what grows or slows down with them. */
final class LongRun {
    private static final double BYTES_A_MIB = 1 << 20;
    /** The number of epochs, and of steps in each. */
    private static final int EPOCHS = 50;

    private static final int STEPS = 100;
    private static final int BATCH = 4;
    private static final int TENTH = EPOCHS / 10;

    private static final String SPEC =
            """
            {"dataset": {"name": "synthetic", "trainLimit": %d, "testLimit": 40, "positiveRate": 0.25},
             "model": {"architecture": "efficientnet_b0", "imageSize": 32}, "biasInits": [{"type": "positive_rate"}],
             "training": {"epochs": %d, "batchSize": %d}, "trials": 1}"""
                    .formatted(STEPS * BATCH, EPOCHS, BATCH);

    private LongRun() {}

    static void measure(ServiceProcess service, Report report) {
        ServiceClient client = service.client();
        String path = client.submit(SPEC);
        await().atMost(Duration.ofMinutes(10))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> epochs(client, path).size() > TENTH);
        double early = service.residentMiB();
        double earlyHeap = heapMiB(service);
        client.awaitEnd(path);
        double late = service.residentMiB();
        double lateHeap = heapMiB(service);
        List<Double> rates = epochs(client, path).stream()
                .skip(1) // epoch 0 is the network before its first step
                .map(epoch -> epoch.get("imagesPerSecond").asDouble() / BATCH)
                .toList();
        int steps = EPOCHS * STEPS;
        // sooner or later the collector grows the heap to what training's garbage needs, so this has no limit
        report.add(Row.known(
                "Java heap that steps %,d to %,d add".formatted(TENTH * STEPS, steps), "MiB", lateHeap - earlyHeap));
        report.add(Row.below(
                "resident memory that the same steps add beside the Java heap",
                "MiB",
                (late - lateHeap) - (early - earlyHeap),
                50));
        report.add(Row.rate(
                "steps in the last tenth of %,d, B0 at 32×32, batch %d".formatted(steps, BATCH),
                "steps/s",
                Medians.of(rates.subList(EPOCHS - TENTH, EPOCHS)),
                "the first tenth",
                Medians.of(rates.subList(0, TENTH)),
                0.95));
    }

    private static double heapMiB(ServiceProcess service) {
        URI metrics = URI.create("http://127.0.0.1:" + service.port() + "/actuator/prometheus");
        try (InputStream answer = metrics.toURL().openStream()) {
            return new String(answer.readAllBytes(), StandardCharsets.UTF_8)
                            .lines()
                            .filter(line ->
                                    line.startsWith("jvm_memory_committed_bytes{") && line.contains("area=\"heap\""))
                            .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                            .sum()
                    / BYTES_A_MIB;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<JsonNode> epochs(ServiceClient client, String path) {
        return client.get(path + "/metrics")
                .body()
                .at("/arms/0/trials/0/epochs")
                .valueStream()
                .toList();
    }
}
