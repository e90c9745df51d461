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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** Two worker processes that share a queue of many small runs, while one is frozen for longer than its lease. */
class TwoWorkersTest {
    private static final Logger log = LoggerFactory.getLogger(TwoWorkersTest.class);
    private static final int RUNS = LongTests.ON ? 200 : 12;
    private static final String SPEC =
            """
            {"dataset": {"name": "synthetic", "trainLimit": 16, "testLimit": 8, "positiveRate": 0.25},
             "model": {"architecture": "efficientnet_b0"}, "biasInits": [{"type": "positive_rate"}],
             "training": {"epochs": 1, "batchSize": 16}, "trials": %d}"""
                    .formatted(RUNS);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path home;

    @Test
    void eachRunIsTrainedOnceEvenIfAWorkerIsFrozenForLongerThanItsLeaseAndContinues() {
        try (StoppablePostgres database = new StoppablePostgres(home.resolve("database"));
                ServiceProcess api = launch(database, "api,worker");
                ServiceProcess worker = launch(database, "worker")) {
            api.awaitReady();
            worker.awaitReady();
            ServiceClient client = api.client();
            String path = client.submit(SPEC);
            await().atMost(Duration.ofMinutes(2))
                    .until(() -> succeeded(client, path) > RUNS / 10 && holdsARun(client, worker));
            worker.freeze();
            int before = succeeded(client, path);
            await().atMost(Duration.ofMinutes(2))
                    .until(() -> isSilent(client, worker) && succeeded(client, path) >= before + 5);
            worker.thaw();
            JsonNode experiment = client.awaitEnd(path);

            List<Integer> attempts = client.get(path + "/runs")
                    .body()
                    .valueStream()
                    .map(run -> run.get("attempts").asInt())
                    .toList();
            log.info(
                    "{} runs, {} attempts",
                    attempts.size(),
                    attempts.stream().mapToInt(n -> n).sum());
            assertThat(experiment.at("/runs/succeeded").asInt()).isEqualTo(RUNS);
            assertThat(attempts)
                    .hasSize(RUNS)
                    .allMatch(n -> n == 1 || n == 2)
                    .filteredOn(n -> n == 2)
                    .hasSizeLessThanOrEqualTo(1);
            assertThat(client.get(path + "/metrics").body().at("/arms/0/trials").valueStream())
                    .allMatch(trial -> trial.get("epochs").size() == 2);
        }
    }

    private static int succeeded(ServiceClient client, String path) {
        return client.get(path).body().at("/runs/succeeded").asInt();
    }

    private static boolean holdsARun(ServiceClient client, ServiceProcess process) {
        return !row(client, process).get("run").isNull();
    }

    private static boolean isSilent(ServiceClient client, ServiceProcess process) {
        return row(client, process).get("state").asString().equals("SILENT");
    }

    private static JsonNode row(ServiceClient client, ServiceProcess process) {
        return client.get("/workers")
                .body()
                .valueStream()
                .filter(worker -> worker.get("name").asString().endsWith(":" + process.pid()))
                .findFirst()
                .orElseThrow();
    }

    private ServiceProcess launch(StoppablePostgres database, String roles) {
        List<String> properties = new ArrayList<>(database.properties());
        properties.addAll(Arrays.asList(
                "initlab.roles=" + roles,
                "initlab.quickstart=false",
                "initlab.worker.threads=1",
                "initlab.worker.heartbeat=250ms",
                "spring.datasource.hikari.connection-init-sql=set idle_in_transaction_session_timeout = '2s'",
                "db-scheduler.polling-interval=100ms"));
        return ServiceProcess.launch(home, properties.toArray(String[]::new));
    }
}
