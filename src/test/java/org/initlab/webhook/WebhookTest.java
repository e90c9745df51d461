package org.initlab.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.github.kagkarlsson.scheduler.boot.config.DbSchedulerProperties;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.initlab.ServiceClient;
import org.initlab.platform.ServiceTest;
import org.initlab.results.Measurements;
import org.initlab.run.StateChanged;
import org.initlab.webhook.Receiver.Received;
import org.initlab.webhook.WebhookProperties.Webhook;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A second sender beside the service, which itself knows no target: what it queues is for whoever has registered some. */
@ServiceTest
class WebhookTest {
    private static final String SPEC =
            """
            {"name": "%s", "dataset": {"name": "digits", "positiveClass": "0"}, "model": {"imageSize": 32},
             "training": {"epochs": 3}, "trials": 3}""";
    private static final String STUDY =
            """
            {"name": "by seed", "base": {"dataset": {"name": "digits", "positiveClass": "0"}, "model": {"imageSize": 32},
             "training": {"epochs": 1}, "trials": 3}, "axes": [{"pointer": "/seed", "values": [1, 2]}]}""";

    @LocalServerPort
    int port;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transactions;

    @Autowired
    ApplicationEventPublisher events;

    @Autowired
    DataSource database;

    @Autowired
    DbSchedulerProperties polling;

    @Autowired
    Outbox outbox;

    @Autowired
    WebhookClient http;

    @Autowired
    BodyWriter bodies;

    @Autowired
    JsonMapper json;

    @Autowired
    MeterRegistry meters;

    private Receiver receiver;
    private ServiceClient client;
    private Webhooks sender;
    private URI publicUrl;

    @BeforeEach
    void connect() throws IOException {
        client = new ServiceClient(port);
        receiver = new Receiver();
    }

    @AfterEach
    void stop() {
        sender.stop();
        outbox.register(List.of());
        receiver.close();
    }

    private void sendTo(String... urls) {
        List<Webhook> webhooks =
                Stream.of(urls).map(url -> new Webhook(url, Receiver.SECRET)).toList();
        sender = new Webhooks(
                new WebhookProperties(webhooks, publicUrl),
                database,
                polling,
                outbox,
                http,
                bodies,
                json,
                meters,
                Clock.systemUTC());
        sender.start();
    }

    @Test
    void anEndIsPostedSignedUnderOneIdUntilItIsTaken() {
        receiver.answering(500, 302);
        sendTo(receiver.url());
        double failed = attempts("failed");
        double delivered = attempts("delivered");
        String path = client.submit(SPEC.formatted("frogs for <!channel>"));
        client.post(path + "/cancel", "");

        Received first = receiver.await(1);
        awaitFailures(1);
        makeDue();
        awaitFailures(2);
        makeDue();
        receiver.await(3);
        awaitEmptyQueue();

        assertThat(receiver.received()).hasSize(3).allMatch(Received::isGenuine);
        assertThat(attempts("failed") - failed).isEqualTo(2);
        assertThat(attempts("delivered") - delivered).isEqualTo(1);
        assertThat(receiver.received()).extracting(Received::path).containsOnly("POST /hook");
        assertThat(receiver.received()).extracting(Received::id).containsOnly(first.id());
        assertThat(receiver.received()).extracting(Received::body).containsOnly(first.body());
        JsonNode body = first.json();
        assertThat(body.propertyNames()).containsExactly("type", "timestamp", "text", "data");
        assertThat(body.get("type").asString()).isEqualTo("experiment.ended");
        assertThat(body.get("text").asString())
                .startsWith("Experiment frogs for ‹!channel›: cancelled\nNo pair of trials of positive_rate");
        JsonNode data = body.get("data");
        assertThat(data.get("name").asString()).isEqualTo("frogs for <!channel>");
        assertThat(data.get("state").asString()).isEqualTo("CANCELLED");
        assertThat(data.at("/runs/cancelled").asInt()).isEqualTo(6);
        assertThat(data.at("/links/self").asString()).isEqualTo(path);
        // the database rounds to microseconds
        assertThat(Instant.parse(body.get("timestamp").asString()))
                .isCloseTo(client.get(path).body().get("finishedAt").asString(), within(1, ChronoUnit.MILLIS));
    }

    @Test
    void theVerdictGoesAlongAndASecondEndIsAnEventOfItsOwn() {
        sendTo(receiver.url());
        String path = client.submit(SPEC.formatted("frogs"));
        finish(path);
        Received first = receiver.await(1);
        JsonNode verdict = client.get(path + "/comparison").body().at("/arms/0/verdict");
        assertThat(first.json().at("/data/verdicts/0/arm").asString()).isEqualTo("positive_rate");
        assertThat(first.json().at("/data/verdicts/0/code")).isEqualTo(verdict.get("code"));
        assertThat(first.json().get("text").asString())
                .isEqualTo("Experiment frogs: succeeded\n" + verdict.get("text").asString());

        client.post(path + "/extend", "{\"epochs\": 4}");
        client.post(path + "/cancel", "");
        assertThat(receiver.await(2).id()).isNotEqualTo(first.id());
        awaitEmptyQueue();
    }

    @Test
    void aPublicUrlMakesTheLinksAbsoluteAndEndsTheText() {
        publicUrl = URI.create("https://initlab.example.com/lab/");
        sendTo(receiver.url());
        String path = client.submit(SPEC.formatted("frogs"));
        client.post(path + "/cancel", "");

        JsonNode body = receiver.await(1).json();
        assertThat(body.get("text").asString()).endsWith("\nhttps://initlab.example.com/lab/#" + path);
        assertThat(body.at("/data/links/comparison").asString())
                .isEqualTo("https://initlab.example.com/lab" + path + "/comparison");
        assertThat(body.at("/data/links")).allMatch(link -> link.asString().startsWith("https://"));
    }

    @Test
    void aStudyEndsOnceWithTheLastOfItsPoints() {
        sendTo(receiver.url());
        JsonNode study = client.post("/studies", STUDY).body();
        finish(study.at("/points/0/links/experiment").asString());
        receiver.await(1);
        finish(study.at("/points/1/links/experiment").asString());
        receiver.await(3);
        awaitEmptyQueue();

        JsonNode ended = receiver.received().stream()
                .map(Received::json)
                .filter(body -> body.get("type").asString().equals("study.ended"))
                .findFirst()
                .orElseThrow();
        assertThat(receiver.received()).hasSize(3);
        assertThat(ended.at("/data/id")).isEqualTo(study.get("id"));
        assertThat(ended.at("/data/experiments/succeeded").asInt()).isEqualTo(2);
        assertThat(ended.get("text").asString())
                .matches(
                        "Study by seed: succeeded\npositive_rate against default, each point by itself: [a-z ]+ at 2\\.");
    }

    @Test
    void twoPointsThatEndAtTheSameTimeEndTheirStudyOnce() {
        sendTo(receiver.url());
        JsonNode study = client.post("/studies", STUDY).body();
        List<String> points = study.get("points")
                .valueStream()
                .map(point -> point.at("/links/experiment").asString())
                .toList();
        points.forEach(this::measure);

        transactions.executeWithoutResult(first -> {
            end(points.get(0));
            // when the first has looked at the study and not committed yet
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void beforeCommit(boolean readOnly) {
                    CompletableFuture<Void> second = CompletableFuture.runAsync(
                            () -> transactions.executeWithoutResult(other -> end(points.get(1))));
                    // either it waits for this transaction or, wrongly, it does not
                    await().atMost(Duration.ofSeconds(30)).until(() -> second.isDone() || someoneWaitsForALock());
                }
            });
        });
        receiver.await(3);
        awaitEmptyQueue();

        assertThat(receiver.received().stream()
                        .map(each -> each.json().get("type").asString())
                        .sorted())
                .containsExactly("experiment.ended", "experiment.ended", "study.ended");
    }

    @Test
    void aStudyThatIsCancelledEndsOnce() {
        sendTo(receiver.url());
        String study = client.post("/studies", STUDY).body().at("/links/self").asString();
        client.post(study + "/cancel", "");
        receiver.await(3);
        awaitEmptyQueue();

        assertThat(receiver.received().stream()
                        .map(Received::json)
                        .filter(body -> body.get("type").asString().equals("study.ended"))
                        .map(body -> body.at("/data/state").asString()))
                .containsExactly("CANCELLED");
    }

    @Test
    void aTargetThatNeverAnswersDelaysNoOther() throws IOException {
        try (ServerSocket dead = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            sendTo("http://127.0.0.1:" + dead.getLocalPort() + "/hook", receiver.url());
            List<String> ended = Stream.of("one", "two", "three")
                    .map(name -> client.submit(SPEC.formatted(name)))
                    .toList();
            ended.forEach(path -> client.post(path + "/cancel", ""));

            receiver.await(3);
            await().until(() -> waiting() == 3);
            Set<String> told = receiver.received().stream()
                    .map(each -> each.json().at("/data/links/self").asString())
                    .collect(Collectors.toSet());
            assertThat(told).containsExactlyInAnyOrderElementsOf(ended);
        }
    }

    @Test
    void whatIsRolledBackIsNeverSent() {
        sendTo(receiver.url());
        String path = client.submit(SPEC.formatted("undone"));
        measure(path);

        transactions.executeWithoutResult(transaction -> {
            end(path);
            assertThat(waiting()).isEqualTo(1);
            transaction.setRollbackOnly();
        });

        assertThat(waiting()).isZero();
    }

    @Test
    void anExperimentThatIsDeletedFirstIsToldOfAsItEnded() {
        outbox.register(new WebhookProperties(List.of(new Webhook(receiver.url(), Receiver.SECRET)), null)
                .targets().stream().map(Target::id).toList());
        String path = client.submit(SPEC.formatted("short-lived"));
        client.post(path + "/cancel", "");
        assertThat(client.delete(path).status()).isEqualTo(204);
        sendTo(receiver.url());

        JsonNode body = receiver.await(1).json();
        assertThat(body.get("text").asString()).isEqualTo("Experiment short-lived: cancelled");
        assertThat(body.at("/data/links").isNull()).isTrue();
    }

    @Test
    void aTargetThatIsGoneGetsNothingMore() {
        receiver.answering(410);
        sendTo(receiver.url());
        client.post(client.submit(SPEC.formatted("last")) + "/cancel", "");
        receiver.await(1);
        awaitEmptyQueue();

        client.post(client.submit(SPEC.formatted("too late")) + "/cancel", "");

        assertThat(waiting()).isZero();
    }

    private void finish(String path) {
        measure(path);
        transactions.executeWithoutResult(transaction -> end(path));
    }

    /** Finishes all runs of an experiment without telling it. */
    private void measure(String path) {
        new Measurements(jdbc).finish(path, 10);
        jdbc.sql("update experiment set state = 'RUNNING', finished_at = null where id = ?")
                .param(id(path))
                .update();
    }

    /** As the last run's end does. */
    private void end(String path) {
        events.publishEvent(new StateChanged(Map.of(id(path), List.of())));
    }

    private static UUID id(String path) {
        return UUID.fromString(path.substring(path.lastIndexOf('/') + 1));
    }

    private boolean someoneWaitsForALock() {
        return jdbc.sql("select exists (select from pg_locks where not granted)")
                .query(Boolean.class)
                .single();
    }

    private double attempts(String outcome) {
        return meters.get("initlab.webhook.attempts")
                .tags("target", "127.0.0.1", "outcome", outcome)
                .counter()
                .count();
    }

    private void awaitFailures(int failures) {
        await().atMost(Duration.ofSeconds(30)).until(() -> jdbc.sql(
                        "select count(*) from webhook_delivery where not picked and convert_from(task_data, 'UTF8')::json ->> 'failures' = ?")
                .param(Integer.toString(failures))
                .query(Integer.class)
                .single()
                .equals(1));
    }

    /** Time passes. */
    private void makeDue() {
        jdbc.sql("update webhook_delivery set execution_time = now()").update();
    }

    private void awaitEmptyQueue() {
        await().atMost(Duration.ofSeconds(30)).until(() -> waiting() == 0);
    }

    private int waiting() {
        return jdbc.sql("select count(*) from webhook_delivery")
                .query(Integer.class)
                .single();
    }
}
