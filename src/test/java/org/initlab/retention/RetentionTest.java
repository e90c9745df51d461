package org.initlab.retention;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.initlab.ServiceClient;
import org.initlab.ServiceClient.Answer;
import org.initlab.experiment.LifeCycle;
import org.initlab.platform.ServiceTest;
import org.initlab.study.StudyLifeCycle;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;

@ServiceTest
@TestPropertySource(properties = "initlab.roles=api,worker")
class RetentionTest {
    private static final String SPEC =
            """
            {"dataset": {"name": "wisconsin"}, "model": {"hidden": [4]}, "biasInits": [{"type": "zeros"}],
             "training": {"epochs": %d}, "trials": 1}""";

    @LocalServerPort
    int port;

    @Value("${initlab.home}")
    Path home;

    @Autowired
    FinishedTable finished;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    LifeCycle experiments;

    @Autowired
    StudyLifeCycle studies;

    private ServiceClient client;

    @BeforeEach
    void connect() {
        client = new ServiceClient(port);
    }

    @Test
    void nothingIsRemovedByDefault() {
        client.awaitEnd(client.submit(SPEC.formatted(0)));

        JsonNode plan = client.get("/retention").body();

        assertThat(plan.get("age").isNull()).isTrue();
        assertThat(plan.get("removals").isEmpty()).isTrue();
    }

    @Test
    void checkpointsGoBeforeTheResultsAndThenNothingCanGoOn() {
        String path = client.submit(SPEC.formatted(1));
        client.awaitEnd(path);
        JsonNode run = client.get(path + "/runs").body().get(0);
        Path folder = home.resolve("checkpoints").resolve(run.get("id").asString());
        assertThat(folder).isNotEmptyDirectory();
        JsonNode metrics = client.get(path + "/metrics").body();
        Retention retention = retention(null, null, Duration.ZERO);
        assertThat(removal(retention, path).onlyCheckpoints()).isTrue();

        retention.remove();

        assertThat(folder).doesNotExist();
        assertThat(removal(retention, path)).isNull();
        assertThat(client.get(path).body().get("checkpointsRemovedAt").asString())
                .isNotEmpty();
        assertThat(client.get(path + "/metrics").body()).isEqualTo(metrics);
        Answer refused = client.post(path + "/extend", "{\"epochs\": 2}");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.body().get("detail").asString())
                .contains("were removed on", "initlab.retention.checkpoint-age", "post its spec again");
        assertThat(client.post(path + "/extend", "{\"epochs\": 1}").status()).isEqualTo(200);
    }

    @Test
    void whatIsKeptStaysAndTheRestGoesWithEverything() {
        String path = client.submit(SPEC.formatted(0));
        client.awaitEnd(path);
        Retention retention = retention(Duration.ZERO, null, null);

        assertThat(client.patch(path, "{\"keep\": true}").body().get("keep").asBoolean())
                .isTrue();
        retention.remove();
        assertThat(client.get(path).status()).isEqualTo(200);
        assertThat(removal(retention, path)).isNull();

        client.patch(path, "{\"keep\": false}");
        assertThat(removal(retention, path).reason()).isEqualTo(RemovalReason.AGE);
        retention.remove();
        assertThat(client.get(path).status()).isEqualTo(404);
    }

    @Test
    void whatChangesBetweenThePlanAndTheRemovalStays() {
        String path = client.submit(SPEC.formatted(0));
        client.awaitEnd(path);
        FinishedTable overtaken = new FinishedTable(jdbc) {
            @Override
            List<Finished> newestFirst() {
                List<Finished> read = super.newestFirst();
                client.patch(path, "{\"keep\": true}");
                return read;
            }
        };

        retention(overtaken, Duration.ZERO, null, null).remove();

        assertThat(client.get(path).status()).isEqualTo(200);
    }

    @Test
    void aStudyGoesAsAWholeOnceAllOfItIsFinishedAndNoPointIsKept() {
        JsonNode study = client.post(
                        "/studies",
                        "{\"name\": \"rates\", \"base\": " + SPEC.formatted(0)
                                + ", \"axes\": [{\"pointer\": \"/seed\", \"values\": [1, 2]}]}")
                .body();
        String path = study.at("/links/self").asString();
        String point = study.at("/points/1/links/experiment").asString();
        client.awaitEnd(path);
        Retention retention = retention(Duration.ZERO, null, null);

        client.patch(point, "{\"keep\": true}");
        assertThat(client.get(path).body().get("keep").asBoolean()).isTrue();
        retention.remove();
        assertThat(client.get(path).body().at("/experiments/succeeded").asInt()).isEqualTo(2);

        client.patch(path, "{\"keep\": false}");
        assertThat(removal(retention, path).experiments()).isEqualTo(2);
        retention.remove();
        assertThat(client.get(path).status()).isEqualTo(404);
        assertThat(client.get(point).status()).isEqualTo(404);
    }

    @Test
    void aChangeChangesSomething() {
        String path = client.submit(SPEC.formatted(0));

        Answer refused = client.patch(path, "{}");

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body().at("/errors/0/detail").asString()).contains("priority or keep");
        client.awaitEnd(path);
    }

    private Retention retention(Duration age, Integer number, Duration checkpointAge) {
        return retention(finished, age, number, checkpointAge);
    }

    private Retention retention(FinishedTable table, Duration age, Integer number, Duration checkpointAge) {
        return new Retention(
                new RetentionProperties(age, number, checkpointAge, null),
                table,
                experiments,
                studies,
                Clock.offset(Clock.systemUTC(), Duration.ofSeconds(1)));
    }

    private static RetentionView.RemovalView removal(Retention retention, String path) {
        UUID id = UUID.fromString(path.substring(path.lastIndexOf('/') + 1));
        return retention.view().removals().stream()
                .filter(removal -> removal.id().equals(id))
                .findFirst()
                .orElse(null);
    }
}
