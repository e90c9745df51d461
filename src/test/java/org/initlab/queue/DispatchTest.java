package org.initlab.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.initlab.ServiceClient;
import org.initlab.platform.ServiceTest;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

/** With a worker that never looks into the queue of its own accord. */
@ServiceTest
@TestPropertySource(properties = {"initlab.roles=api,worker", "db-scheduler.polling-interval=1h"})
class DispatchTest {
    private static final String SPEC =
            """
            {"dataset": {"name": "synthetic", "trainLimit": 64, "testLimit": 32, "positiveRate": 0.25},
             "model": {"architecture": "efficientnet_b0"}, "biasInits": [{"type": "zeros"}],
             "training": {"epochs": %d, "batchSize": 32}, "trials": %d}""";

    @LocalServerPort
    int port;

    @Test
    void whatIsQueuedInTheProcessOfAWorkerDoesNotWaitForItsNextLook() {
        ServiceClient client = new ServiceClient(port);

        String path = client.submit(SPEC.formatted(0, 2));
        assertThat(client.awaitEnd(path).get("state").asString()).isEqualTo("SUCCEEDED");

        String paused = client.submit(SPEC.formatted(500, 1));
        await().atMost(Duration.ofMinutes(1)).until(() -> isRunning(client, paused));
        client.post(paused + "/pause", "");
        await().atMost(Duration.ofMinutes(1)).until(() -> !isRunning(client, paused));
        client.post(paused + "/resume", "");
        await().atMost(Duration.ofMinutes(1)).until(() -> isRunning(client, paused));
        client.post(paused + "/cancel", "");
    }

    private static boolean isRunning(ServiceClient client, String path) {
        return client.get(path).body().at("/runs/running").asInt() == 1;
    }
}
