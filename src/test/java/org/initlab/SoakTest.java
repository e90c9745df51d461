package org.initlab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Many small runs in one process: nothing may accumulate. */
class SoakTest {
    private static final Logger log = LoggerFactory.getLogger(SoakTest.class);
    private static final int RUNS = LongTests.ON ? 1000 : 12;
    private static final int EARLY = Math.min(100, RUNS / 2);
    private static final long TOLERANCE_MIB = 150;
    private static final String SPEC =
            """
            {"dataset": {"name": "synthetic", "trainLimit": 16, "testLimit": 8, "positiveRate": 0.25},
             "model": {"architecture": "efficientnet_b0"}, "biasInits": [{"type": "positive_rate"}],
             "training": {"epochs": 1, "batchSize": 16}, "trials": %d}"""
                    .formatted(RUNS);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path home;

    @Test
    void memoryStaysLevelAndNoFileIsLeftBehind() throws IOException {
        try (ServiceProcess service =
                ServiceProcess.start(home, "initlab.quickstart=false", "db-scheduler.polling-interval=100ms")) {
            ServiceClient client = service.client();
            String path = client.submit(SPEC);
            awaitRuns(client, path, EARLY);
            long early = service.residentMiB();
            int earlyFiles = openFiles(service);
            awaitRuns(client, path, RUNS);
            long late = service.residentMiB();
            log.info("resident after {} runs {} MiB, after {} runs {} MiB", EARLY, early, RUNS, late);

            assertThat(client.awaitEnd(path).get("state").asString()).isEqualTo("SUCCEEDED");
            assertThat(late).isLessThan(early + TOLERANCE_MIB);
            assertThat(openFiles(service)).isLessThan(earlyFiles + 10);
            assertThat(files(home.resolve("checkpoints"))).hasSize(RUNS).noneMatch(file -> file.endsWith(".part"));
            client.delete(path);
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> files(home.resolve("checkpoints")).isEmpty());
        }
    }

    private static void awaitRuns(ServiceClient client, String path, int runs) {
        await().atMost(Duration.ofMinutes(60))
                .until(() -> client.get(path).body().at("/runs/succeeded").asInt() >= runs);
    }

    private static int openFiles(ServiceProcess service) throws IOException {
        try (Stream<Path> files = Files.list(Path.of("/proc", Long.toString(service.pid()), "fd"))) {
            return (int) files.count();
        }
    }

    private static List<String> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).map(Path::toString).toList();
        }
    }
}
