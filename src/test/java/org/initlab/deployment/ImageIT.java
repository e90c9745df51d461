package org.initlab.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.initlab.ServiceClient;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The image by itself, with tokens and nothing else: {@code docker run -e INITLAB_TOKENS=… initlab:cpu}. */
@EnabledOnOs(OS.LINUX)
class ImageIT {
    private static final String TOKEN = "a-token-of-this-test";
    private static final String SPEC =
            """
            {"dataset": {"name": "synthetic", "trainLimit": 64, "testLimit": 32, "positiveRate": 0.25}, "trials": 1,
             "model": {"architecture": "mobilenet_v3_small", "head": "replace"}, "training": {"epochs": 1, "batchSize": 32}}""";

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    @BeforeEach
    void requireNamespaces() {
        Container.requireNamespaces();
    }

    @Test
    void itStartsWithADatabaseOfItsOwnAndTheQuickstartAndTrains() throws Exception {
        Image image = Image.of("cpu");
        Workload alone = new Workload(
                "alone",
                image,
                1,
                Map.of("INITLAB_TOKENS", "me:write:" + TOKEN),
                List.of(),
                null,
                true,
                Set.of("/data"),
                Set.of("/tmp"),
                Map.of(),
                Set.of());
        Host host = Host.in(folder, image.user());
        Container service = Container.start(alone, host, Container.FAST_START);
        try {
            await().atMost(Duration.ofMinutes(2)).until(() -> healthCheck(service) == 0);
            service.awaitReady();
            assertThat(service.status("/experiments")).isEqualTo(401);

            ServiceClient client = service.client(TOKEN);
            Quickstarts.cancelTheOnly(client);
            String path = client.submit(SPEC);
            assertThat(client.awaitEnd(path).get("state").asString()).isEqualTo("SUCCEEDED");
            assertThat(host.volume("/data").resolve("checkpoints")).isNotEmptyDirectory();
        } finally {
            service.close();
        }
        assertThat(healthCheck(service)).isNotZero();
    }

    /** The Dockerfile's {@code HEALTHCHECK}, run beside the container. */
    private static int healthCheck(Container service) throws IOException, InterruptedException {
        Image image = Image.of("cpu");
        String script = Dockerfile.read().lastArray(image.name(), "HEALTHCHECK").get(0);
        ProcessBuilder check = new ProcessBuilder(image.files() + script).redirectErrorStream(true);
        check.environment().put("SERVER_PORT", Integer.toString(service.port()));
        Process process = check.start();
        process.getInputStream().readAllBytes();
        return process.waitFor();
    }
}
