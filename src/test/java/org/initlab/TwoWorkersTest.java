package org.initlab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.initlab.platform.database.StoppablePostgres;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * A service with two devices, so with two worker processes that share a queue of many small runs: one is frozen for longer than
 * its lease, then killed, and in the end the service itself.
 */
class TwoWorkersTest {
    private static final Logger log = LoggerFactory.getLogger(TwoWorkersTest.class);
    private static final int RUNS = LongTests.ON ? 200 : 10;
    private static final String SPEC =
            """
            {"dataset": {"name": "synthetic", "trainLimit": 16, "testLimit": 8, "positiveRate": 0.25},
             "model": {"architecture": "efficientnet_b0"}, "biasInits": [{"type": "positive_rate"}],
             "training": {"epochs": 1, "batchSize": 16}, "trials": %d}"""
                    .formatted(RUNS);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path home;

    @Test
    void eachRunIsTrainedOnceWhateverHappensToItsWorker() {
        try (StoppablePostgres database = new StoppablePostgres(home.resolve("database"));
                ServiceProcess service = start(database)) {
            ServiceClient client = service.client();
            List<ProcessHandle> workers = awaitWorkers(service);
            assertThat(client.get("/workers").body().valueStream())
                    .allMatch(row -> row.get("threads").asInt() == 1);
            ProcessHandle frozen = workers.get(0);
            String path = client.submit(SPEC);
            await().atMost(Duration.ofMinutes(2))
                    .until(() -> succeeded(client, path) > RUNS / 10 && holdsARun(client, frozen));
            ServiceProcess.signal(frozen.pid(), "STOP");
            int before = succeeded(client, path);
            await().atMost(Duration.ofMinutes(2))
                    .until(() -> isSilent(client, frozen) && succeeded(client, path) >= before + 5);
            ServiceProcess.signal(frozen.pid(), "CONT");
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

            frozen.destroyForcibly();
            frozen.onExit().join();
            List<ProcessHandle> replaced = awaitWorkers(service);
            assertThat(replaced).contains(workers.get(1)).doesNotContain(frozen);
            service.kill();
            assertThat(replaced)
                    .allSatisfy(worker -> assertThat(worker.onExit()).succeedsWithin(Duration.ofMinutes(1)));
        }
    }

    /** Waits until two processes show that they are alive. */
    private static List<ProcessHandle> awaitWorkers(ServiceProcess service) {
        return await().atMost(Duration.ofMinutes(2)).until(() -> workers(service), workers -> workers.size() == 2);
    }

    private static List<ProcessHandle> workers(ServiceProcess service) {
        Set<String> names = service.client()
                .get("/workers")
                .body()
                .valueStream()
                .map(row -> row.get("name").asString())
                .collect(Collectors.toSet());
        return ProcessHandle.of(service.pid())
                .orElseThrow()
                .children()
                .filter(child -> names.stream().anyMatch(name -> name.endsWith(":" + child.pid())))
                .toList();
    }

    private static int succeeded(ServiceClient client, String path) {
        return client.get(path).body().at("/runs/succeeded").asInt();
    }

    private static boolean holdsARun(ServiceClient client, ProcessHandle worker) {
        return !row(client, worker).get("run").isNull();
    }

    private static boolean isSilent(ServiceClient client, ProcessHandle worker) {
        return row(client, worker).get("state").asString().equals("SILENT");
    }

    private static JsonNode row(ServiceClient client, ProcessHandle worker) {
        return client.get("/workers")
                .body()
                .valueStream()
                .filter(row -> row.get("name").asString().endsWith(":" + worker.pid()))
                .findFirst()
                .orElseThrow();
    }

    private ServiceProcess start(StoppablePostgres database) {
        List<String> properties = new ArrayList<>(database.properties());
        properties.addAll(Arrays.asList(
                "initlab.device=cpu,cpu",
                "initlab.quickstart=false",
                "initlab.worker.threads=2",
                "initlab.worker.heartbeat=250ms",
                "spring.datasource.hikari.connection-init-sql=set idle_in_transaction_session_timeout = '2s'",
                "db-scheduler.polling-interval=100ms"));
        return ServiceProcess.start(home, properties.toArray(String[]::new));
    }
}
