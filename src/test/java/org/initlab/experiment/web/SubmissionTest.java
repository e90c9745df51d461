package org.initlab.experiment.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import org.initlab.ServiceClient;
import org.initlab.ServiceClient.Answer;
import org.initlab.platform.ServiceTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

/** Many clients at once, on a queue that holds few runs. */
@ServiceTest
@TestPropertySource(properties = "initlab.queue.limit=120")
class SubmissionTest {
    private static final int CLIENTS = 50;
    private static final String SPEC =
            """
            {"name": "%s", "dataset": {"name": "digits"}, "biasInits": [{"type": "zeros"}], "trials": %d}""";

    @LocalServerPort
    int port;

    ServiceClient client;

    @BeforeEach
    void connectToAnEmptyQueue() {
        client = new ServiceClient(port);
        client.get("/experiments?state=QUEUED&size=200")
                .body()
                .get("content")
                .forEach(experiment -> client.post(experiment.at("/links/self").asString() + "/cancel", ""));
    }

    @Test
    void fiftyClientsThatPostAtOnceCreateEachExperimentOnce() {
        List<Answer> answers = together(n ->
                client.post("/experiments", SPEC.formatted("client " + n / 2, 1), "Idempotency-Key", "key " + n / 2));

        assertThat(answers).allMatch(answer -> answer.status() == 201);
        assertThat(answers.stream()
                        .map(answer -> answer.body().get("id").asString())
                        .distinct())
                .hasSize(CLIENTS / 2);
        assertThat(client.get("/experiments?state=QUEUED")
                        .body()
                        .at("/page/totalElements")
                        .asInt())
                .isEqualTo(CLIENTS / 2);
    }

    @Test
    void theSameKeyStandsForTheSameBodyAlone() {
        String body = SPEC.formatted("once", 1);
        Answer first = client.post("/experiments", body, "Idempotency-Key", "mine");
        Answer again = client.post("/experiments", body, "Idempotency-Key", "mine");
        Answer other = client.post("/experiments", SPEC.formatted("another", 1), "Idempotency-Key", "mine");

        assertThat(again.status()).isEqualTo(201);
        assertThat(again.header("Location")).isEqualTo(first.header("Location"));
        assertThat(other.status()).isEqualTo(422);
        assertThat(other.body().get("detail").asString()).contains("another body");
        assertThat(client.post("/experiments", body, "Idempotency-Key", "k".repeat(256))
                        .status())
                .isEqualTo(400);

        String path = first.body().at("/links/self").asString();
        client.post(path + "/cancel", "");
        client.delete(path);
        Answer anew = client.post("/experiments", body, "Idempotency-Key", "mine");
        assertThat(anew.body().get("id")).isNotEqualTo(first.body().get("id"));
    }

    @Test
    void theQueueTakesNoMoreRunsThanItsLimitHoweverManyPostAtOnce() {
        List<Answer> answers = together(n -> client.post("/experiments", SPEC.formatted("client " + n, 11)));

        assertThat(answers.stream().filter(answer -> answer.status() == 201)).hasSize(120 / 11);
        Answer refused = answers.stream()
                .filter(answer -> answer.status() != 201)
                .findFirst()
                .orElseThrow();
        assertThat(refused.status()).isEqualTo(429);
        assertThat(Integer.parseInt(refused.header("Retry-After"))).isPositive();
        assertThat(refused.body().get("detail").asString()).contains("its limit of 120");
    }

    @Test
    void anExperimentThatTheQueueCanNeverTakeIsNotToldToWait() {
        Answer refused = client.post("/experiments", SPEC.formatted("never any room", 121));

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body().at("/errors/0/pointer").asString()).isEqualTo("/trials");
        assertThat(refused.body().at("/errors/0/detail").asString())
                .isEqualTo("come to 121 runs, and the queue may hold 120 runs: take fewer trials or arms,"
                        + " or have initlab.queue.limit raised");
    }

    @Test
    void aStudyIsQueuedAsAWholeOrNotAtAll() {
        String study =
                """
                {"name": "%s", "base": {"dataset": {"name": "digits"}, "trials": %d},
                 "axes": [{"pointer": "/seed", "values": [1, 2, 3]}]}""";
        assertThat(client.post("/studies", study.formatted("first", 11)).status())
                .isEqualTo(201);

        Answer full = client.post("/studies", study.formatted("no room", 10));
        Answer tooLarge = client.post("/studies", study.formatted("never any room", 21));

        assertThat(full.status()).isEqualTo(429);
        assertThat(full.body().get("detail").asString()).contains("holds 66").contains("60 more");
        assertThat(tooLarge.status()).isEqualTo(400);
        assertThat(tooLarge.body().at("/errors/0/detail").asString())
                .isEqualTo("come to 126 runs, and the queue may hold 120 runs: take fewer values, trials or arms,"
                        + " or have initlab.queue.limit raised");
        assertThat(client.get("/studies?name=room")
                        .body()
                        .at("/page/totalElements")
                        .asInt())
                .isZero();
    }

    @Test
    void aRunWithoutAnyWorkerSaysThatItWaitsForOne() {
        String path = client.submit(SPEC.formatted("alone", 1));

        assertThat(client.get(path).body().get("waitingFor").asString()).contains("none is running");
        assertThat(client.get(path + "/runs").body().at("/0/waitingFor").asString())
                .contains("role worker");
        assertThat(client.get("/workers").body().size()).isZero();
    }

    private static List<Answer> together(IntFunction<Answer> request) {
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        try {
            List<Future<Answer>> sent = new ArrayList<>();
            for (int n = 0; n < CLIENTS; n++) {
                int client = n;
                sent.add(clients.submit(() -> request.apply(client)));
            }
            List<Answer> answers = new ArrayList<>();
            for (Future<Answer> answer : sent) {
                answers.add(answer.get());
            }
            return answers;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        } finally {
            clients.shutdown();
        }
    }
}
