package org.initlab.bench;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import org.initlab.ServiceClient;
import tools.jackson.databind.JsonNode;

/** A run that a service trains while it is being measured. */
final class TrainedBeside {
    private static final String SPEC =
            """
            {"name": "trained beside", "dataset": {"name": "digits", "testLimit": 128}, "trials": 1,
             "model": {"architecture": "efficientnet_b0", "imageSize": 32}, "biasInits": [{"type": "default"}],
             "training": {"epochs": 1000}, "priority": 9}""";

    private final ServiceClient client;
    private final String path;

    private TrainedBeside(ServiceClient client, String path) {
        this.client = client;
        this.path = path;
    }

    /** Starts the run and waits until it has trained some epochs. */
    static TrainedBeside start(ServiceClient client) {
        TrainedBeside run = new TrainedBeside(client, client.submit(SPEC));
        await().atMost(Duration.ofMinutes(2)).until(() -> run.epochsDone() > 3);
        return run;
    }

    /** Does something, and returns training's median images per second over the epochs that fall within it. */
    double imagesPerSecondDuring(Runnable work) {
        int first = epochsDone() + 2;
        work.run();
        int last = epochsDone();
        List<Double> rates = client.get(path + "/metrics")
                .body()
                .at("/arms/0/trials/0/epochs")
                .valueStream()
                .filter(epoch -> epoch.get("epoch").asInt() >= first
                        && epoch.get("epoch").asInt() <= last)
                .map((JsonNode epoch) -> epoch.get("imagesPerSecond").asDouble())
                .toList();
        return Medians.of(rates);
    }

    private int epochsDone() {
        return client.get(path).body().at("/progress/epochsDone").asInt();
    }

    /** The time spent storing epochs, in seconds, and how many were stored, since the service started. */
    Commits commits() {
        String meters = client.get("/actuator/prometheus").raw().body();
        return new Commits(meter(meters, "initlab_commit_seconds_sum"), meter(meters, "initlab_commit_seconds_count"));
    }

    private static double meter(String meters, String name) {
        return meters.lines()
                .filter(line -> line.startsWith(name))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    /** Stored epochs. */
    record Commits(double seconds, double count) {
        double meanMillisSince(Commits earlier) {
            return 1000 * (seconds - earlier.seconds) / (count - earlier.count);
        }
    }
}
