package org.initlab.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.initlab.EventReader;
import org.initlab.EventReader.Event;
import org.initlab.ServiceClient;
import org.initlab.ServiceClient.Answer;
import org.initlab.platform.ServiceTest;
import org.initlab.training.BinaryMetrics;
import org.initlab.training.EpochResult;
import org.initlab.training.Outcome;
import org.initlab.training.StepLosses;
import org.initlab.worker.Worker;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;

/** What workers write, as it reaches those who listen or wait; on few threads. */
@ServiceTest
@TestPropertySource(
        properties = {
            "server.tomcat.connection-timeout=1s",
            // else a request of the test could go to a connection that the server is just closing
            "server.tomcat.keep-alive-timeout=1m",
            "server.tomcat.threads.max=4"
        })
class LiveTest {
    private static final Worker WORKER = new Worker(UUID.randomUUID(), "one", "here", "cpu", 2, 3, Duration.ZERO);
    private static final int EPOCHS = 40;

    @LocalServerPort
    int port;

    @Autowired
    RunLedger ledger;

    @Autowired
    RunClaims claims;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    MeterRegistry meters;

    private ServiceClient client;
    private String experiment;

    @BeforeEach
    void submit() {
        client = new ServiceClient(port);
        experiment = client.submit(
                """
                {"dataset": {"name": "digits"}, "trials": 2, "training": {"epochs": %d}}"""
                        .formatted(EPOCHS));
    }

    /** The server learns that a reader is gone when it writes to it. */
    @AfterEach
    void endAllStreams() {
        client.post(experiment + "/cancel", "");
        await().until(() -> streams() == 0);
    }

    @Test
    void aStreamTellsOfEveryChangeAndEndsWithTheExperiment() {
        try (EventReader reader = EventReader.open(port, experiment, null)) {
            assertThat(reader.contentType()).startsWith("text/event-stream");
            assertThat(reader.next().orElseThrow().data().get("state").asString())
                    .isEqualTo("QUEUED");
            Lease lease = claim(runs().get(0));
            assertThat(reader.next().orElseThrow().data().get("worker").asString())
                    .isEqualTo("one");
            assertThat(reader.next().orElseThrow().data().at("/runs/running").asInt())
                    .isEqualTo(1);
            commit(lease, 0);
            Event epoch = reader.next().orElseThrow();
            assertThat(epoch.type()).isEqualTo("epoch");
            assertThat(epoch.data().propertyNames())
                    .contains(
                            "runId",
                            "arm",
                            "trial",
                            "epoch",
                            "trainLoss",
                            "loss",
                            "rocAuc",
                            "objective",
                            "ece",
                            "outputBias");
            assertThat(epoch.data().get("arm").asString()).isEqualTo("default");
            client.post(experiment + "/cancel", "");

            List<Event> rest = reader.rest();
            assertThat(rest).extracting(Event::type).containsExactly("run", "run", "run", "run", "experiment");
            assertThat(rest.get(4).data().get("state").asString()).isEqualTo("CANCELLED");
            assertThat(status(experiment, rest.get(4).id())).isEqualTo(204);
        }
    }

    @Test
    void whoComesBackAtAnyPointMissesNothingAndHearsNothingTwice() {
        Random random = new Random(7);
        CompletableFuture<Void> training = CompletableFuture.allOf(runs().stream()
                .map(run -> CompletableFuture.runAsync(() -> train(run)))
                .toArray(CompletableFuture[]::new));
        List<Long> heard = new ArrayList<>();
        long last = 0;
        for (int status = 200; status == 200; ) {
            try (EventReader reader = EventReader.open(port, experiment, last)) {
                status = reader.status();
                for (int wanted = random.nextInt(20); wanted > 0; wanted--) {
                    reader.next().map(Event::id).ifPresent(heard::add);
                }
                last = heard.isEmpty() ? 0 : heard.get(heard.size() - 1);
            }
        }
        training.join();

        assertThat(heard).hasSize(4 * (EPOCHS + 1 + 4)).isEqualTo(allEvents()).doesNotHaveDuplicates();
    }

    @Test
    void aReaderThatTakesNothingIsDroppedAndHoldsUpNobody() throws IOException {
        Lease lease = claim(runs().get(0));
        long id = writeLongStory();
        try (Socket stuck = new Socket()) {
            stuck.setReceiveBufferSize(4096);
            stuck.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            String head = "GET " + experiment + "/events HTTP/1.1\r\nHost: localhost\r\nLast-Event-ID: 0\r\n\r\n";
            stuck.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            await().until(() -> streams() == 1);
            try (EventReader quick = EventReader.open(port, experiment, id)) {
                commit(lease, 0);
                assertThat(quick.next().orElseThrow().type()).isEqualTo("epoch");
                await().until(() -> streams() == 1);
                commit(lease, 1);
                assertThat(quick.next().orElseThrow().data().get("epoch").asInt())
                        .isEqualTo(1);
            }
        }
    }

    @Test
    void nothingIsMissedWhileTheDatabaseDoesNotAnnounce() {
        try (EventReader reader = EventReader.open(port, experiment, null)) {
            reader.next();
            jdbc.sql("select pg_terminate_backend(pid) from pg_stat_activity where query = 'listen experiment'")
                    .query(Boolean.class)
                    .list();
            claim(runs().get(0));

            assertThat(reader.next().orElseThrow().type()).isEqualTo("run");
        }
    }

    @Test
    void anEventThatTheExperimentNeverHadIsRefused() {
        for (Object unknown : new Object[] {99, -1, "x"}) {
            assertThat(status(experiment, unknown)).isEqualTo(400);
        }
        assertThat(status("/experiments/" + UUID.randomUUID(), null)).isEqualTo(404);
    }

    @Test
    void anExtensionAndAMoveInTheQueueAreToldAndRepeatingAVerbIsNot() {
        client.post(experiment + "/extend", "{\"epochs\": 50}");
        client.post(experiment + "/pause", "");
        client.post(experiment + "/pause", "");
        int before = allEvents().size();

        assertThat(before).isEqualTo(4 + 2 + 4 + 1);
    }

    @Test
    void theStoryGoesWithTheExperiment() {
        client.post(experiment + "/cancel", "");
        client.delete(experiment);

        assertThat(allEvents()).isEmpty();
    }

    @Test
    void manyWhoWaitAreAnsweredAtTheNextChangeAndHoldUpNobody() {
        List<CompletableFuture<Answer>> waiting = Stream.generate(
                        () -> client.getLater(experiment + "/metrics?wait=60"))
                .limit(20)
                .toList();
        assertThat(client.get(experiment).status()).isEqualTo(200);
        Lease lease = claim(runs().get(0));
        String known = client.get(experiment + "/metrics").header("ETag");
        waiting.forEach(answer -> assertThat(answer.join().status()).isEqualTo(200));
        CompletableFuture<Answer> next = client.getLater(experiment + "/metrics?wait=60", "If-None-Match", known);
        commit(lease, 0);

        assertThat(next.join().body().at("/arms/0/trials/0/epochs/0/loss").asDouble())
                .isEqualTo(0.7);
        assertThat(next.join().header("Cache-Control")).isEqualTo("private, no-cache");
    }

    @Test
    void whoWaitsForNothingIsToldSo() {
        String known = client.get(experiment + "/metrics").header("ETag");

        assertThat(client.get(experiment + "/metrics?wait=1", "If-None-Match", known)
                        .status())
                .isEqualTo(304);
        assertThat(client.get(experiment + "/metrics?wait=1").status()).isEqualTo(200);
        assertThat(client.get(experiment + "/metrics?wait=60", "If-None-Match", "\"older\"")
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "61", "x", "1.5"})
    void aWaitOutOfRangeIsRefused(String wait) {
        assertThat(client.get(experiment + "/metrics?wait=" + wait).status()).isEqualTo(400);
    }

    private void train(UUID run) {
        Lease lease = claim(run);
        for (int epoch = 0; epoch <= EPOCHS; epoch++) {
            commit(lease, epoch);
        }
        ledger.finish(lease, new Outcome.Completed());
    }

    private Lease claim(UUID run) {
        return ((Claim.Granted) claims.claim(run, 1, WORKER)).assignment().lease();
    }

    private void commit(Lease lease, int epoch) {
        EpochResult result = new EpochResult(
                epoch, null, new BinaryMetrics(0.7, 0.5, 0.1, 0.25, 0.8, 0.6, 0.2, 40, 0.0), 0, null, 0.1, null);
        StepLosses none = new StepLosses(new long[0], new double[0]);
        ledger.commit(lease, result, none, new CheckpointRef(epoch, 0, "epoch-" + epoch, "hash"));
    }

    /** More than the buffers of the network take; returns the last event's id. */
    private long writeLongStory() {
        jdbc.sql(
                        """
                        insert into event (experiment_id, id, type, data)
                        select ?, n, 'run', json_build_object('filler', repeat('x', 1000)) from generate_series(1000, 20000) n""")
                .param(id())
                .update();
        jdbc.sql("update experiment set revision = 20000 where id = ?")
                .param(id())
                .update();
        return 20000;
    }

    private List<Long> allEvents() {
        return jdbc.sql("select id from event where experiment_id = ? order by id")
                .param(id())
                .query(Long.class)
                .list();
    }

    private List<UUID> runs() {
        return client.get(experiment + "/runs")
                .body()
                .valueStream()
                .map(run -> UUID.fromString(run.get("id").asString()))
                .toList();
    }

    private int status(String path, Object lastEventId) {
        try (EventReader reader = EventReader.open(port, path, lastEventId)) {
            return reader.status();
        }
    }

    private double streams() {
        return meters.get("initlab.event.streams").gauge().value();
    }

    private UUID id() {
        return UUID.fromString(experiment.substring(experiment.lastIndexOf('/') + 1));
    }
}
