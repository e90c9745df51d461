package org.initlab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** A worker whose queue is empty, on a shared host. */
@EnabledOnOs(OS.LINUX)
class IdleWorkerTest {
    private static final int TENSORS_MIB = 300;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path home;

    @Test
    void givesTheMemoryOfItsLastRunBack() {
        try (ServiceProcess service =
                ServiceProcess.start(home, "initlab.quickstart=false", "initlab.worker.keep-memory=1s")) {
            String path = service.client()
                    .submit(
                            """
                    {"dataset": {"name": "synthetic", "trainLimit": 64, "testLimit": 32, "positiveRate": 0.25},
                     "model": {"architecture": "efficientnet_b0", "imageSize": 128}, "biasInits": [{"type": "zeros"}],
                     "training": {"epochs": 1, "batchSize": 32}, "trials": 1}""");
            assertThat(service.client().awaitEnd(path).get("state").asString()).isEqualTo("SUCCEEDED");

            await().atMost(Duration.ofMinutes(1))
                    .until(() -> service.residentMiB() < service.peakResidentMiB() - TENSORS_MIB);
        }
    }
}
