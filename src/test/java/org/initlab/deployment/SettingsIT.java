package org.initlab.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.initlab.ServiceClient;
import org.initlab.ServiceClient.Answer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * The archive on a server, started by its systemd unit's line as the unit's user in the unit's folders, twice with different
 * settings: each is given in the environment, as the unit does, and seen in what the service does. What other tests of running
 * services set is left out.
 */
@EnabledOnOs(OS.LINUX)
class SettingsIT {
    private static final String TOKEN = "a-token-of-this-test";
    private static final String TOKENS = "/run/credentials/initlab.service/tokens";
    private static final String SPEC =
            """
            {"dataset": {"name": "%s", "trainLimit": 16, "testLimit": %d%s}, "trials": %d, "biasInits": [{"type": "zeros"}],
             "model": {"architecture": "mobilenet_v3_small", "weights": "%s"}, "training": {"epochs": 1, "batchSize": 16}}""";

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    private final Set<String> requested = new ConcurrentSkipListSet<>();
    private HttpServer mirror;

    @BeforeEach
    void startMirror() throws IOException {
        Container.requireNamespaces();
        mirror = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        mirror.createContext("/", exchange -> {
            requested.add(exchange.getRequestURI().getPath());
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
        });
        mirror.start();
    }

    @AfterEach
    void stopMirror() {
        mirror.stop(0);
    }

    @Test
    void everySettingDoesWhatTheTableSays() throws Exception {
        SystemdUnit unit = SystemdUnit.install(folder.resolve("root"));
        Host host = Host.in(folder.resolve("host"), SystemdUnit.USER);
        Path tokens = Files.writeString(folder.resolve("tokens"), "# who\nme:write:" + TOKEN + "\n");
        Path home = host.volume("/var/lib/initlab");
        String killed;
        try (Container service =
                Container.start(unit.workload(first(), Map.of(TOKENS, tokens)), host, Container.FAST_START)) {
            service.awaitReady();
            ServiceClient client = service.client(TOKEN);
            assertThat(client.get("/experiments").body().get("content")).isEmpty();
            JsonNode worker = client.get("/workers").body().get(0);
            assertThat(worker.get("name").asString()).isEqualTo("the first");
            assertThat(worker.get("device").asString()).isEqualTo("cpu");
            assertThat(worker.get("threads").asInt()).isEqualTo(1);
            checkHeartbeat(client);
            checkQueueLimit(client);
            checkDownloads(client);

            JsonNode run = train(client);
            assertThat(run.get("threads").asInt()).isEqualTo(1);
            assertThat(home.resolve("elsewhere")).isNotEmptyDirectory();
            assertThat(home.resolve("checkpoints")).doesNotExist();

            // so many rows to evaluate that the kill comes before the first checkpoint
            killed = client.submit(synthetic(10_000, 1));
            client.awaitState(killed, "RUNNING");
            service.kill();
        }
        try (Container service = Container.start(unit.workload(second(), Map.of()), host, Container.FAST_START)) {
            service.awaitReady();
            ServiceClient client = new ServiceClient(service.port());
            assertThat(client.awaitEnd(killed).get("state").asString()).isEqualTo("FAILED");
            assertThat(client.get(killed + "/runs").body().at("/0/failure").asString())
                    .startsWith("1 attempt");

            JsonNode run = train(client);
            assertThat(run.get("threads").asInt()).isEqualTo(2);
            assertThat(home.resolve("checkpoints")).isNotEmptyDirectory();
            assertThat(client.get("/experiments?name=quickstart").body().get("content"))
                    .isEmpty();
        }
    }

    private Map<String, String> first() {
        Map<String, String> settings = new LinkedHashMap<>();
        String address = "http://127.0.0.1:" + mirror.getAddress().getPort();
        settings.put("INITLAB_TOKENS_FILE", TOKENS);
        settings.put("INITLAB_QUICKSTART", "false");
        settings.put("INITLAB_DEVICE", "cpu");
        settings.put("INITLAB_QUEUE_LIMIT", "3");
        settings.put("INITLAB_WORKER_NAME", "the first");
        settings.put("INITLAB_WORKER_THREADS", "1");
        settings.put("INITLAB_WORKER_TF32", "true");
        settings.put("INITLAB_WORKER_HEARTBEAT", "200ms");
        settings.put("INITLAB_CHECKPOINT_FOLDER", "/var/lib/initlab/elsewhere");
        settings.put("INITLAB_WEBHOOKS_0_URL", address + "/hook");
        settings.put("INITLAB_WEBHOOKS_0_SECRET", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
        settings.put("INITLAB_DOWNLOADS_CIFAR10", address + "/cifar.tar.gz");
        settings.put("INITLAB_DOWNLOADS_MNIST", address + "/mnist/");
        settings.put("INITLAB_DOWNLOADS_FASHION_MNIST", address + "/fashion/");
        settings.put("INITLAB_DOWNLOADS_IMAGE_NET_WEIGHTS", address + "/weights/");
        return settings;
    }

    private static Map<String, String> second() {
        return Map.of(
                "INITLAB_QUICKSTART", "true",
                "INITLAB_DEVICE", "auto",
                "INITLAB_ROLES", "worker, api",
                "INITLAB_WORKER_THREADS", "2",
                "INITLAB_WORKER_TF32", "false",
                "INITLAB_WORKER_MAX_ATTEMPTS", "1",
                "INITLAB_WORKER_KEEP_MEMORY", "0s");
    }

    /** By default it comes every four seconds. */
    private static void checkHeartbeat(ServiceClient client) {
        Instant before = heartbeat(client);
        await().atMost(Duration.ofMinutes(1)).until(() -> heartbeat(client).isAfter(before));
        assertThat(Duration.between(before, heartbeat(client))).isLessThan(Duration.ofSeconds(3));
    }

    private static Instant heartbeat(ServiceClient client) {
        return Instant.parse(
                client.get("/workers").body().at("/0/lastHeartbeat").asString());
    }

    private static void checkQueueLimit(ServiceClient client) {
        Answer refused = client.post("/experiments", synthetic(8, 4));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body().at("/errors/0/detail").asString()).contains("the queue may hold 3 runs");
    }

    private void checkDownloads(ServiceClient client) {
        for (String each : List.of(
                SPEC.formatted("cifar10", 8, ", \"positiveClass\": \"frog\"", 1, "none"),
                SPEC.formatted("mnist", 8, ", \"positiveClass\": \"0\"", 1, "none"),
                SPEC.formatted("fashion_mnist", 8, ", \"positiveClass\": \"Bag\"", 1, "none"),
                SPEC.formatted("synthetic", 8, "", 1, "imagenet"))) {
            String path = client.submit(each);
            assertThat(client.awaitEnd(path).get("state").asString()).isEqualTo("FAILED");
            assertThat(client.get(path + "/runs").body().at("/0/failure").asString())
                    .contains("127.0.0.1", "404");
        }
        await().atMost(Duration.ofMinutes(1)).until(() -> requested.contains("/hook"));
        assertThat(requested)
                .anyMatch("/cifar.tar.gz"::equals)
                .anyMatch(path -> path.startsWith("/mnist/"))
                .anyMatch(path -> path.startsWith("/fashion/"))
                .anyMatch(path -> path.startsWith("/weights/mobilenet_v3_small"));
    }

    private static JsonNode train(ServiceClient client) {
        String path = client.submit(synthetic(8, 1));
        assertThat(client.awaitEnd(path).get("state").asString()).isEqualTo("SUCCEEDED");
        return client.get(path + "/runs").body().get(0);
    }

    private static String synthetic(int testRows, int trials) {
        return SPEC.formatted("synthetic", testRows, "", trials, "none");
    }
}
