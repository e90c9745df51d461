package org.initlab.observability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.initlab.ExternalTool;
import org.initlab.ServiceClient;
import org.initlab.ServiceClient.Answer;
import org.initlab.ServiceProcess;
import org.initlab.platform.database.StoppablePostgres;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A service that trains, scraped by a real Prometheus: what the dashboards and the alerts ask for is there. */
class LiveServiceTest {
    private static final String READ = "prometheus-secret-0123";
    private static final String[] WRITE = {"Authorization", "Bearer tests-secret-012345"};
    private static final String SPEC =
            """
            {"name": "%s", "dataset": {"name": "synthetic", "trainLimit": 32, "testLimit": 16, "positiveRate": 0.25},
             "model": {"architecture": "mobilenet_v3_small", "head": "replace"}, "biasInits": [{"type": "zeros"}], "trials": 1,
             "training": {"epochs": %d, "batchSize": 16, "optimizer": {"learningRate": %s}}}""";

    /** Without its labels' values; what follows a name in parentheses is a function's. */
    private static final Pattern SELECTOR = Pattern.compile("\\b(?:up|[a-z]+[_:][a-z_:]+)\\b(?:\\{[^}]*})?(?!\\s*\\()");

    @TempDir
    static Path folder;

    static StoppablePostgres database;
    static ServiceProcess service;
    static Prometheus prometheus;
    static ServiceClient client;
    static String past;
    static String live;

    @BeforeAll
    static void trainSomething() throws IOException {
        ExternalTool.require("prometheus");
        database = new StoppablePostgres(Files.createDirectories(folder.resolve("database")));
        List<String> properties = new ArrayList<>(database.properties());
        properties.addAll(List.of(
                "initlab.quickstart=false",
                "db-scheduler.polling-interval=100ms",
                // the live run goes on to the end, and need not take every core
                "initlab.worker.threads=1",
                "initlab.tokens=prometheus:read:" + READ + ",tests:write:tests-secret-012345",
                "logging.structured.format.console=ecs"));
        service = ServiceProcess.start(folder, properties.toArray(String[]::new));
        client = service.client();
        prometheus = Prometheus.start(folder, service.port(), READ);
        past = submit("past", 1, "0.0001");
        submit("diverging", 20, "1000");
        live = submit("live", 1000, "0.0001");
        await().atMost(Duration.ofMinutes(3))
                .until(() -> prometheus.value("max(initlab_live_epoch{experiment=\"live\"})") > 1);
    }

    @AfterAll
    static void stop() {
        if (prometheus != null) {
            prometheus.close();
            service.kill();
            database.close();
        }
    }

    private static String submit(String name, int epochs, String learningRate) {
        Answer answer = client.post("/experiments", SPEC.formatted(name, epochs, learningRate), WRITE);
        assertThat(answer.status()).as(answer.raw().body()).isEqualTo(201);
        return answer.body().get("id").asString();
    }

    @Test
    void everyPanelShowsSomething() {
        for (Dashboard.Query query : Dashboard.queries("prometheus")) {
            if (query.text().startsWith("label_values")) {
                continue;
            }
            String expression = query.text().replace("$experiment", ".*").replace("$__rate_interval", "30s");
            // this machine need not have a GPU
            boolean mayBeEmpty = expression.contains("initlab_device");
            await(query.place() + ": " + expression)
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> !prometheus.query(expression).isEmpty() || mayBeEmpty);
        }
    }

    @Test
    void everyAlertLooksAtSomethingThatIsThere() {
        assertThat(prometheus.alerts()).hasSize(7);
        for (String alert : prometheus.alerts()) {
            prometheus.query(alert);
            List<String> selectors = SELECTOR.matcher(alert.replaceAll("by \\([^)]*\\)", ""))
                    .results()
                    .map(found -> found.group())
                    .toList();
            assertThat(selectors).as(alert).isNotEmpty();
            for (String selector : selectors) {
                await(alert + ": " + selector)
                        .atMost(Duration.ofSeconds(30))
                        .until(() -> !prometheus.query(selector).isEmpty());
            }
        }
    }

    @Test
    void everySqlOfADashboardFindsSomethingAsAUserWhoMayOnlyRead() throws SQLException {
        String[] access = database.properties().stream()
                .map(property -> property.replaceFirst("[^=]*=", ""))
                .toArray(String[]::new);
        try (Connection connection = DriverManager.getConnection(access[0], access[1], access[2]);
                Statement statement = connection.createStatement()) {
            statement.execute("create role grafana; grant pg_read_all_data to grafana; set role grafana");
            for (Dashboard.Query query : Dashboard.queries("initlab")) {
                try (ResultSet rows = statement.executeQuery(query.text().replace("${past}", past))) {
                    assertThat(rows.next()).as(query.place()).isTrue();
                }
            }
        }
    }

    @Test
    void whatTheWorkerDidIsCounted() {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> prometheus.value("initlab_diverged_runs_total") == 1
                        && prometheus.value("initlab_run_duration_seconds_count{state=\"SUCCEEDED\"}") == 1
                        && prometheus.value("max(initlab_runs{state=\"DIVERGED\"})") == 1
                        && prometheus.value("initlab_run_waiting_seconds_count") == 3);
        for (String phase : List.of("data_loading", "forward", "backward", "step", "evaluation")) {
            assertThat(prometheus.value("initlab_epoch_phase_seconds_sum{phase=\"" + phase + "\"}"))
                    .as(phase)
                    .isPositive();
        }
        assertThat(prometheus.value("initlab_checkpoint_size_bytes_max")).isGreaterThan(1e6);
        assertThat(prometheus.value("initlab_process_memory_resident_bytes")).isGreaterThan(1e8);
        assertThat(prometheus.query("initlab_live_loss").toString())
                .contains("live")
                .doesNotContain(live, "past");
    }

    @Test
    void linesOfTheJsonLogNameTheirExperimentAndRun() throws IOException {
        JsonMapper json = new JsonMapper();
        List<JsonNode> lines = Files.readAllLines(folder.resolve("service.log")).stream()
                .filter(line -> line.startsWith("{"))
                .map(json::readTree)
                .filter(line -> line.at("/message").asString().contains("| loss"))
                .toList();

        assertThat(lines).isNotEmpty().allSatisfy(line -> {
            assertThat(line.get("run").asString()).hasSize(36);
            assertThat(line.at("/process/thread/name").asString()).isEqualTo("training");
        });
        assertThat(lines.get(0).get("experiment").asString()).isEqualTo(past);
    }
}
