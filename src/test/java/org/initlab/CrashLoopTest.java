package org.initlab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.initlab.platform.database.StoppablePostgres;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A service that is killed soon after each start, long before a checkpoint is due by its interval of five minutes. */
class CrashLoopTest {
    private static final int KILLS = LongTests.ON ? 20 : 2;
    private static final String SPEC =
            """
            {"dataset": {"name": "synthetic", "trainLimit": %d, "testLimit": 64, "positiveRate": 0.25},
             "model": {"architecture": "mobilenet_v3_small", "head": "replace"}, "biasInits": [{"type": "positive_rate"}],
             "training": {"epochs": 1, "batchSize": 16}, "trials": 1, "stepInterval": 1}"""
                    .formatted(LongTests.ON ? 3200 : 960);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path home;

    @Test
    void aRunGetsOnEvenThoughEveryProcessDiesAfterItsFirstSteps() {
        try (StoppablePostgres database = new StoppablePostgres(home.resolve("database"))) {
            String undisturbed;
            String disturbed;
            try (ServiceProcess service = start(database)) {
                undisturbed = service.client().submit(SPEC);
                service.client().awaitEnd(undisturbed);
                disturbed = service.client().submit(SPEC);
                awaitSteps(database, 0);
                service.kill();
            }
            for (int kill = 1; kill < KILLS; kill++) {
                int reached = steps(database);
                try (ServiceProcess service = start(database)) {
                    awaitSteps(database, reached + 1);
                    service.kill();
                }
            }
            try (ServiceProcess service = start(database)) {
                JsonNode experiment = service.client().awaitEnd(disturbed);

                assertThat(experiment.get("state").asString()).isEqualTo("SUCCEEDED");
                assertThat(service.client()
                                .get(disturbed + "/runs")
                                .body()
                                .get(0)
                                .get("attempts")
                                .asInt())
                        .isEqualTo(KILLS + 1);
                assertThat(Results.of(service.client(), disturbed))
                        .isEqualTo(Results.of(service.client(), undisturbed));
            }
        }
    }

    private static void awaitSteps(StoppablePostgres database, int steps) {
        await().atMost(Duration.ofMinutes(1))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> steps(database) >= steps);
    }

    /** The step of epoch 1 that the unfinished run would continue from; −1 before its epoch 0 is stored. */
    private static int steps(StoppablePostgres database) {
        return database.jdbc()
                .sql(
                        "select coalesce(max(step), -1) from checkpoint c join run r on r.id = c.run_id where r.epochs_done < 1")
                .query(Integer.class)
                .single();
    }

    private ServiceProcess start(StoppablePostgres database) {
        List<String> properties = new ArrayList<>(database.properties());
        properties.addAll(Arrays.asList(
                "initlab.quickstart=false",
                // each process has to get further than the one before it
                "initlab.worker.max-attempts=1",
                "initlab.worker.heartbeat=100ms",
                "db-scheduler.polling-interval=100ms"));
        return ServiceProcess.start(home, properties.toArray(String[]::new));
    }
}
