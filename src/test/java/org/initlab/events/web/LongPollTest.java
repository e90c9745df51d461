package org.initlab.events.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.CompletableFuture;
import org.initlab.ServiceClient;
import org.initlab.ServiceClient.Answer;
import org.initlab.platform.ServiceTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@ServiceTest
class LongPollTest {
    @LocalServerPort
    int port;

    @Autowired
    LongPoll longPoll;

    private ServiceClient client;
    private String experiment;
    private String known;

    @BeforeEach
    void submit() {
        client = new ServiceClient(port);
        experiment = client.submit("{\"dataset\": {\"name\": \"digits\"}, \"trials\": 1}");
        client.post(experiment + "/cancel", "");
        known = client.get(experiment + "/metrics").header("ETag");
    }

    @Test
    void whoWaitsForWhatIsDeletedIsToldSo() {
        CompletableFuture<Answer> waiting = wait(60);
        client.delete(experiment);

        assertThat(waiting.join().status()).isEqualTo(404);
        assertThat(waiting.join().header("Content-Type")).isEqualTo("application/problem+json");
    }

    @Test
    void nothingIsKeptOfARequestThatIsOver() {
        int before = longPoll.size();
        assertThat(wait(1).join().status()).isEqualTo(304);

        await().until(() -> longPoll.size() == before);
    }

    private CompletableFuture<Answer> wait(int seconds) {
        int before = longPoll.size();
        CompletableFuture<Answer> answer =
                client.getLater(experiment + "/metrics?wait=" + seconds, "If-None-Match", known);
        await().until(() -> longPoll.size() > before);
        return answer;
    }
}
