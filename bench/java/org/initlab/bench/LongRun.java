package org.initlab.bench;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import org.initlab.ServiceClient;
import org.initlab.ServiceProcess;
import tools.jackson.databind.JsonNode;

/** Many steps of one run, as small as a network allows, to see what grows or slows with them. */
final class LongRun {
    /** Of epochs and of steps in each. */
    private static final int EPOCHS = 50;

    private static final int STEPS = 100;
    private static final int BATCH = 4;
    private static final int TENTH = EPOCHS / 10;
    /** Until then the collector finds the size that the Java heap needs for the garbage of training, and takes it at once. */
    private static final int SETTLED = EPOCHS * 2 / 5;

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
        double early = residentAfter(TENTH, service, client, path);
        double settled = residentAfter(SETTLED, service, client, path);
        client.awaitEnd(path);
        double late = service.residentMiB();
        List<Double> rates = epochs(client, path).stream()
                .skip(1) // epoch 0 is the network before its first step
                .map(epoch -> epoch.get("imagesPerSecond").asDouble() / BATCH)
                .toList();
        int steps = EPOCHS * STEPS;
        report.add(Row.known(
                "resident memory that steps %,d to %,d add, most of it Java heap"
                        .formatted(TENTH * STEPS, SETTLED * STEPS),
                "MiB",
                settled - early));
        report.add(Row.below(
                "resident memory that steps %,d to %,d add".formatted(SETTLED * STEPS, steps),
                "MiB",
                late - settled,
                50));
        report.add(Row.rate(
                "steps in the last tenth of %,d, B0 at 32×32, batch %d".formatted(steps, BATCH),
                "steps/s",
                Medians.of(rates.subList(EPOCHS - TENTH, EPOCHS)),
                "the first tenth",
                Medians.of(rates.subList(0, TENTH)),
                0.95));
    }

    private static double residentAfter(int epochs, ServiceProcess service, ServiceClient client, String path) {
        await().atMost(Duration.ofMinutes(10))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> epochs(client, path).size() > epochs);
        return service.residentMiB();
    }

    private static List<JsonNode> epochs(ServiceClient client, String path) {
        return client.get(path + "/metrics")
                .body()
                .at("/arms/0/trials/0/epochs")
                .valueStream()
                .toList();
    }
}
