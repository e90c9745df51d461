package org.initlab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.initlab.platform.database.StoppablePostgres;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** Worker processes that are killed at random moments, while others stand by. */
class KilledWorkersTest {
    private static final Logger log = LoggerFactory.getLogger(KilledWorkersTest.class);
    private static final int KILLS = LongTests.ON ? 20 : 2;
    private static final int WORKERS = 2;
    private static final int ROWS = LongTests.ON ? 160 : 80;
    private static final int EPOCHS = LongTests.ON ? 8 : 4;
    private static final long SEED = 4;
    /** With so wide a margin, any losses decide as soon as they are looked at. */
    private static final int DECIDING_TRIALS = 3;

    private static final String SPEC =
            """
            {"dataset": {"name": "synthetic", "trainLimit": %d, "testLimit": 64, "positiveRate": 0.25},
             "model": {"architecture": "mobilenet_v3_small", "head": "replace"}, "biasInits": [{"type": "positive_rate"}, {"type": "zeros"}],
             "training": {"epochs": %d, "batchSize": 16}, "trials": 6, "stepInterval": 1,
             "stopping": {"minTrials": %d, "margin": 1000}}""";

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path home;

    private final Random random = new Random(SEED);

    @Test
    void noKillAtAnyMomentChangesABitOfTheResults() {
        try (StoppablePostgres database = new StoppablePostgres(home.resolve("database"));
                ServiceProcess api = launch(database, "initlab.roles=api")) {
            List<ServiceProcess> workers = new ArrayList<>();
            try {
                for (int i = 0; i < WORKERS; i++) {
                    workers.add(launch(database, "initlab.roles=worker"));
                }
                api.awaitReady();
                Midway killed = Midway.of(
                        api.client(),
                        ROWS,
                        rows -> SPEC.formatted(rows, EPOCHS, DECIDING_TRIALS),
                        path -> killAgainAndAgain(database, api.client(), path, workers) == KILLS);
                String disturbed = killed.path();
                JsonNode experiment = api.client().awaitEnd(disturbed);
                String undisturbed = api.client().submit(killed.spec());
                api.client().awaitEnd(undisturbed);
                assertThat(experiment.get("state").asString()).isEqualTo("SUCCEEDED");
                assertThat(experiment.at("/stoppedEarly/trial").asInt()).isEqualTo(DECIDING_TRIALS - 1);
                assertThat(experiment.get("stoppedEarly"))
                        .isEqualTo(api.client().get(undisturbed).body().get("stoppedEarly"));
                assertThat(experiment.at("/runs/skipped").asInt()).isPositive();
                assertThat(results(api.client(), disturbed))
                        .hasSize(2 * DECIDING_TRIALS * (EPOCHS + 2))
                        .isEqualTo(results(api.client(), undisturbed));
            } finally {
                workers.forEach(ServiceProcess::kill);
            }
        }
    }

    /** Those of the trials that decided; how many more have begun by then depends on the kills. */
    private static List<String> results(ServiceClient client, String path) {
        return Results.of(client, path).stream()
                .filter(line -> Integer.parseInt(line.split(" ", 3)[1]) < DECIDING_TRIALS)
                .toList();
    }

    /** A new worker replaces each one that dies; returns how many did before the end. */
    private int killAgainAndAgain(
            StoppablePostgres database, ServiceClient client, String path, List<ServiceProcess> workers) {
        int kills = 0;
        while (kills < KILLS) {
            ServiceProcess victim = awaitVictim(client, path, workers);
            if (victim == null) {
                break;
            }
            Duration moment = Duration.ofMillis(random.nextInt(LongTests.ON ? 6000 : 1000));
            await().pollDelay(moment).until(() -> true);
            victim.kill();
            workers.remove(victim);
            workers.add(launch(database, "initlab.roles=worker"));
            kills++;
        }
        JsonNode progress = client.get(path).body().get("progress");
        log.info(
                "{} kills, {} attempts, {} of {} epochs done",
                kills,
                attempts(client, path),
                progress.get("epochsDone"),
                progress.get("epochsTotal"));
        return kills;
    }

    private static boolean isDone(ServiceClient client, String path) {
        return client.get(path).body().at("/progress/fraction").asDouble() == 1;
    }

    private static int attempts(ServiceClient client, String path) {
        int attempts = 0;
        for (JsonNode run : client.get(path + "/runs").body()) {
            attempts += run.get("attempts").asInt();
        }
        return attempts;
    }

    /** One of the training processes; {@code null} once all is trained. */
    private @Nullable ServiceProcess awaitVictim(ServiceClient client, String path, List<ServiceProcess> workers) {
        List<ServiceProcess> training = new ArrayList<>();
        await().atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> {
                    for (JsonNode worker : client.get("/workers").body()) {
                        String pid = worker.get("name").asString().replaceAll(".*:", "");
                        workers.stream()
                                .filter(process ->
                                        !worker.get("run").isNull() && pid.equals(Long.toString(process.pid())))
                                .forEach(training::add);
                    }
                    return !training.isEmpty() || isDone(client, path);
                });
        return training.isEmpty() ? null : training.get(random.nextInt(training.size()));
    }

    private ServiceProcess launch(StoppablePostgres database, String roles) {
        List<String> properties = new ArrayList<>(database.properties());
        properties.addAll(Arrays.asList(
                roles,
                "initlab.quickstart=false",
                "initlab.checkpoint.interval=300ms",
                "initlab.worker.threads=1",
                "initlab.worker.heartbeat=200ms",
                // these workers die more often than a bad run would be allowed to kill them
                "initlab.worker.max-attempts=20",
                "db-scheduler.polling-interval=100ms"));
        return ServiceProcess.launch(home, properties.toArray(String[]::new));
    }
}
