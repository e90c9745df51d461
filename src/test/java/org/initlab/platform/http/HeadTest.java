package org.initlab.platform.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.initlab.ServiceClient;
import org.initlab.platform.ServiceTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@ServiceTest
class HeadTest {
    private static final int MOST_EACH = 50;

    @LocalServerPort
    int port;

    @Autowired
    MeterRegistry meters;

    private ServiceClient client;
    private String path;

    @BeforeEach
    void submit() {
        client = new ServiceClient(port);
        path = client.submit("{\"dataset\": {\"name\": \"digits\"}, \"trials\": 1}");
    }

    /** The paths of all GETs, and what makes some of them wait. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/metrics",
                "/metrics?wait=60",
                "/metrics.csv",
                "/steps.csv",
                "/events",
                "/comparison",
                "/curves.svg",
                "/curves.png",
                "/runs"
            })
    void theHeadIsThatOfTheAnswer(String part) throws Exception {
        HttpResponse<String> head = head(path + part);

        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(head.headers().firstValue("Content-Type")).isPresent();
    }

    @Test
    void itLeavesNoStreamOpen() throws Exception {
        for (int i = 0; i < MOST_EACH + 1; i++) {
            HttpResponse<String> head = head(path + "/events");
            assertThat(head.statusCode()).isEqualTo(200);
            assertThat(head.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/event-stream");
        }

        assertThat(streams()).isZero();
        client.get(path + "/events", "If-None-Match", "*");
        assertThat(streams()).isZero();
    }

    @Test
    void oneClientCannotShutTheOthersOutOfTheStreams() throws IOException {
        List<Socket> open = new ArrayList<>();
        try {
            for (int i = 0; i < MOST_EACH; i++) {
                open.add(stream(1));
                assertThat(answer(open.get(i))).startsWith("HTTP/1.1 200");
            }
            try (Socket refused = stream(1);
                    Socket other = stream(2)) {
                assertThat(answer(refused)).startsWith("HTTP/1.1 429").contains("Retry-After: 30");
                assertThat(answer(other)).startsWith("HTTP/1.1 200");
            }
        } finally {
            for (Socket socket : open) {
                socket.close();
            }
        }
        client.post(path + "/cancel", "");
        await().until(() -> streams() == 0);
        path = client.submit("{\"dataset\": {\"name\": \"digits\"}, \"trials\": 1}");
        try (Socket again = stream(1)) {
            assertThat(answer(again)).startsWith("HTTP/1.1 200");
        }
        client.post(path + "/cancel", "");
        await().until(() -> streams() == 0);
    }

    /** A read that ends without waiting for the rest of a stream. */
    private static String answer(Socket socket) throws IOException {
        byte[] start = new byte[2048];
        int length = socket.getInputStream().read(start);
        return new String(start, 0, Math.max(0, length), StandardCharsets.US_ASCII);
    }

    private Socket stream(int address) throws IOException {
        Socket socket = new Socket();
        socket.setSoTimeout(30_000);
        socket.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) address}), 0));
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        socket.getOutputStream()
                .write(("GET " + path + "/events HTTP/1.1\r\nHost: localhost\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private HttpResponse<String> head(String resource) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + resource))
                .timeout(Duration.ofSeconds(30))
                .method("HEAD", HttpRequest.BodyPublishers.noBody())
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }

    private double streams() {
        return meters.get("initlab.event.streams").gauge().value();
    }
}
