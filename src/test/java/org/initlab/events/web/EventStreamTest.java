package org.initlab.events.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.initlab.ServiceClient;
import org.initlab.events.EventQueries;
import org.initlab.platform.ServiceTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.mock.web.MockAsyncContext;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

@ServiceTest
class EventStreamTest {
    @LocalServerPort
    int port;

    @Autowired
    EventQueries events;

    @Value("${server.tomcat.connection-timeout}")
    Duration writeLimit;

    private final MockHttpServletResponse response = new MockHttpServletResponse();
    private final AtomicInteger attempts = new AtomicInteger();

    @Test
    void aStreamForWhichThereWasNoThreadIsServedAtTheNextCall() throws IOException {
        ServiceClient client = new ServiceClient(port);
        String experiment = client.submit("{\"dataset\": {\"name\": \"digits\"}, \"trials\": 1}");
        client.post(experiment + "/cancel", "");
        EventStream stream = new EventStream(
                UUID.fromString(experiment.substring(experiment.lastIndexOf('/') + 1)),
                0,
                events,
                new MockAsyncContext(new MockHttpServletRequest(), response),
                this::refuseOnce,
                ended -> {});

        assertThatThrownBy(stream::wake).isInstanceOf(RejectedExecutionException.class);
        stream.wake();

        assertThat(response.getContentAsString()).contains("event:experiment");
    }

    /** That it ends one is {@code LiveTest}'s to show, with a limit that is short enough for a test. */
    @Test
    void aWriteToAReaderThatTakesNothingHasALimit() {
        assertThat(writeLimit).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(30));
    }

    private void refuseOnce(Runnable task) {
        if (attempts.getAndIncrement() == 0) {
            throw new RejectedExecutionException("a test's");
        }
        task.run();
    }
}
