package org.initlab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.initlab.ServiceClient.Answer;
import org.initlab.platform.database.StoppablePostgres;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.StringUtils;

/** A database that is unreachable in the middle of an epoch, for longer than a worker's lease. */
class OutageTest {
    private static final Duration AWAY = Duration.ofSeconds(LongTests.ON ? 60 : 3);
    private static final String SPEC =
            """
            {"dataset": {"name": "synthetic", "trainLimit": 80, "testLimit": 64, "positiveRate": 0.25},
             "model": {"architecture": "efficientnet_b0"}, "biasInits": [{"type": "positive_rate"}],
             "training": {"epochs": 6, "batchSize": 16}, "trials": 1, "stepInterval": 1}""";

    private static final Pattern QUEUED_UNKNOWN =
            Pattern.compile("^initlab_runs\\{.*\"QUEUED\".*} NaN$", Pattern.MULTILINE);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    static Path home;

    private static StoppablePostgres database;
    private static ServiceProcess service;

    private int before;

    @BeforeAll
    static void start() {
        database = new StoppablePostgres(home.resolve("database"));
        List<String> properties = new ArrayList<>(database.properties());
        properties.addAll(Arrays.asList(
                "initlab.quickstart=false",
                "initlab.worker.heartbeat=300ms",
                "db-scheduler.polling-interval=100ms",
                "spring.datasource.hikari.connection-timeout=1000"));
        service = ServiceProcess.start(home, properties.toArray(String[]::new));
    }

    @AfterAll
    static void stop() {
        service.close();
        database.close();
    }

    @BeforeEach
    void turnThePage() throws IOException {
        before = wholeLog().length();
    }

    @Test
    void noRunFailsAndNothingIsLostWhileTheApiAnswers503() throws Exception {
        ServiceClient client = service.client();
        String undisturbed = client.submit(SPEC);
        client.awaitEnd(undisturbed);
        String path = client.submit(SPEC);
        await().atMost(Duration.ofMinutes(1))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> client.get(path).body().at("/progress/epochsDone").asInt() >= 1);

        database.stop();
        Answer away = client.get(path);
        assertThat(away.status()).isEqualTo(503);
        assertThat(away.header("Retry-After")).isEqualTo("5");
        assertThat(client.post("/experiments", SPEC).status()).isEqualTo(503);
        assertThat(client.get("/actuator/health/liveness").status()).isEqualTo(200);
        await().pollDelay(AWAY).atMost(AWAY.plusMinutes(1)).until(() -> log().contains(
                        "results wait until they can be stored"));
        database.start();
        await().atMost(Duration.ofMinutes(1)).until(() -> client.get(path).status() == 200);

        assertThat(client.awaitEnd(path).get("state").asString()).isEqualTo("SUCCEEDED");
        assertThat(client.get(path + "/runs").body().valueStream())
                .allMatch(run -> run.get("attempts").asInt() == 1);
        assertThat(Results.of(client, path)).isEqualTo(Results.of(client, undisturbed));
        await().atMost(Duration.ofMinutes(1)).until(() -> log().contains("Changes are announced again"));
    }

    @Test
    void anIdleServiceLogsItInOneLineAndOnlyOnce() throws Exception {
        database.stop();
        await().until(() -> log().contains("this worker takes no run until it is back"));
        await().atMost(Duration.ofMinutes(1)).until(() -> QUEUED_UNKNOWN
                .matcher(service.client().get("/actuator/prometheus").raw().body())
                .find());
        // each waits for a connection as long as the worker's next look at the queue
        for (int request = 0; request < 3; request++) {
            assertThat(service.client().get("/experiments").status()).isEqualTo(503);
        }
        assertThat(service.client().get("/actuator/health").status()).isEqualTo(503);
        database.start();
        await().atMost(Duration.ofMinutes(1)).until(() -> log().contains("The database is back\n"));
        await().atMost(Duration.ofMinutes(1)).until(() -> log().contains("Changes are announced again"));

        assertThat(log())
                .containsOnlyOnce("this worker takes no run until it is back")
                .containsOnlyOnce("Changes are not announced until the database is back")
                .doesNotContain("\tat ");
        assertThat(StringUtils.countOccurrencesOf(log(), "Requests are answered with 503"))
                .isLessThanOrEqualTo(1);
    }

    /** As after a change of the primary, or by a provider whose disk is full. */
    @Test
    void aDatabaseThatTakesNoChangesIsAnOutageToo() throws Exception {
        makeReadOnly("on");
        try {
            await().until(() -> log().contains("this worker takes no run until it is back"));
            Answer refused = service.client().post("/experiments", SPEC);
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.body().get("detail").asString()).contains("takes no changes");
            assertThat(service.client().get("/experiments").status()).isEqualTo(200);
        } finally {
            makeReadOnly("off");
        }
        await().atMost(Duration.ofMinutes(1)).until(() -> log().contains("The database is back\n"));

        assertThat(log()).contains("read-only").doesNotContain("\tat ");
    }

    private static void makeReadOnly(String value) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("set default_transaction_read_only = off");
            statement.execute("alter system set default_transaction_read_only = " + value);
            statement.execute("select pg_reload_conf()");
        }
    }

    /** Since this test began. */
    private String log() throws IOException {
        return wholeLog().substring(before);
    }

    private static String wholeLog() throws IOException {
        return Files.readString(home.resolve("service.log"));
    }
}
