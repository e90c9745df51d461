package org.initlab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.initlab.platform.ServiceTest;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

/**
 * Random and hostile requests over all operations, written to the socket in ways that no client library would allow.
 */
@ServiceTest
@TestPropertySource(properties = "initlab.queue.limit=120")
class HostileRequestsTest {
    private static final Logger log = LoggerFactory.getLogger(HostileRequestsTest.class);
    private static final int REQUESTS = LongTests.ON ? 10_000 : 2_000;
    private static final Pattern LEAK = Pattern.compile(
            "org\\.initlab\\.|org\\.springframework|org\\.hibernate|Exception|\\tat |(?i)\\bselect .* from |jdbc:|/work/|/tmp/|/home/");
    private static final List<String> METHODS = List.of(
            "GET", "GET", "GET", "POST", "POST", "PATCH", "DELETE", "PUT", "HEAD", "OPTIONS", "TRACE", "get", "\u00e9");
    private static final List<String> PATHS = List.of(
            "/experiments",
            "/experiments",
            "/experiments/{id}",
            "/experiments/{id}/metrics",
            "/experiments/{id}/metrics.csv",
            "/experiments/{id}/steps.csv",
            "/experiments/{id}/events",
            "/experiments/{id}/comparison",
            "/experiments/{id}/curves.svg",
            "/experiments/{id}/curves.png",
            "/experiments/{id}/runs",
            "/experiments/{id}/runs/{id}",
            "/experiments/{id}/runs/{id}/steps",
            "/experiments/{id}/pause",
            "/experiments/{id}/resume",
            "/experiments/{id}/cancel",
            "/experiments/{id}/retry",
            "/experiments/{id}/extend",
            "/workers",
            "/presets",
            "/presets/{id}",
            "/datasets",
            "/architectures",
            "/login",
            "/logout",
            "/",
            "/actuator/health",
            "/actuator/prometheus",
            "/actuator/{id}",
            "/v3/api-docs",
            "/swagger-ui.html",
            "/assets/{id}",
            "/webjars/{id}",
            "/error",
            "/{id}");
    private static final List<String> PARAMETERS = List.of(
            "state",
            "dataset",
            "name",
            "page",
            "size",
            "sort",
            "after",
            "wait",
            "baseline",
            "metric",
            "margin",
            "width",
            "height",
            "theme",
            "x",
            "unknown");
    private static final List<String> JUNK = List.of(
            "",
            "0",
            "-1",
            "1.5",
            "1e9",
            "99999999999999999999",
            "null",
            "true",
            "NaN",
            "x",
            "createdAt,desc",
            "RUNNING",
            "loss,rocAuc",
            "%00",
            "%ff",
            "%2e%2e%2f%2e%2e%2fetc%2fpasswd",
            "..",
            "..%5c",
            ";",
            "%27%20or%201=1--",
            "'; drop table run; --",
            "${jndi:ldap://127.0.0.1/a}",
            "{{7*7}}",
            "%3Cscript%3Ealert(1)%3C/script%3E",
            "[",
            "%",
            "%zz",
            "\u0007",
            "a".repeat(3000),
            "00000000-0000-0000-0000-000000000000");
    private static final List<String> HEADERS = List.of(
            "Accept: text/csv",
            "Accept: text/html",
            "Accept: */*",
            "Accept: junk",
            "Accept: image/png;q=x",
            "Accept-Encoding: gzip, br;q=7",
            "If-None-Match: \"1\"",
            "If-None-Match: junk",
            "If-None-Match: *",
            "If-Match: \"1\"",
            "If-Match: *",
            "Accept: */*;q=0",
            "Accept: application/json;q=0, */*",
            "If-Modified-Since: never",
            "Last-Event-ID: -1",
            "Last-Event-ID: x",
            "Range: bytes=5-2",
            "Idempotency-Key: 1",
            "Idempotency-Key: \u00fc",
            "Cookie: initlab-token=x",
            "Authorization: Bearer x",
            "Authorization: Basic eA==",
            "Content-Encoding: gzip",
            "Expect: 200-maybe",
            "X-Forwarded-For: 1.2.3.4",
            "X-HTTP-Method-Override: DELETE",
            "Origin: null",
            "Accept-Language: ../..",
            "Transfer-Encoding: identity",
            "Content-Length: -1",
            ": no name",
            "Traceparent: 00-x");
    private static final List<String> TYPES = List.of(
            "application/json",
            "application/json",
            "application/json",
            "application/merge-patch+json",
            "text/plain",
            "application/xml",
            "application/x-www-form-urlencoded",
            "multipart/form-data",
            "application/json;charset=utf-16",
            "junk");
    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "-1",
            "0",
            "1",
            "1.5",
            "1e400",
            "-0.0",
            "9223372036854775808",
            "\"\"",
            "\"x\"",
            "\"\\u0000\"",
            "\"\\ud800\"",
            "\"../../etc\"",
            "[]",
            "{}",
            "[null]",
            "\"<script>\"",
            "\"digits\"",
            "\"sgd\"",
            "\"zeros\"",
            "\"none\"",
            "{\"type\":\"zeros\"}",
            "[{\"type\":\"constant\",\"value\":1}]");
    private static final List<String> FIELDS = List.of(
            "name",
            "dataset",
            "model",
            "biasInits",
            "training",
            "evaluation",
            "trials",
            "seed",
            "priority",
            "device",
            "stepInterval",
            "epochs",
            "token",
            "positiveClass",
            "trainLimit",
            "path",
            "architecture",
            "weights",
            "imageSize",
            "optimizer",
            "learningRate",
            "unknown");

    @LocalServerPort
    int port;

    private final Random random = new Random(5);
    private final List<String> ids = new ArrayList<>();

    @Test
    void noRequestMakesA500OrShowsTheServicesInsides() throws IOException {
        ServiceClient client = new ServiceClient(port);
        ids.add(client.submit("{\"dataset\": {\"name\": \"digits\"}, \"trials\": 2}")
                .replaceAll(".*/", ""));
        ids.add(client.get("/experiments/" + ids.get(0) + "/runs")
                .body()
                .at("/0/id")
                .asString());
        TreeMap<String, Integer> statuses = new TreeMap<>();
        for (int i = 0; i < REQUESTS; i++) {
            String request = request();
            String answer = send(request);
            String status = answer.isEmpty() ? "none" : answer.substring(9, 12);
            statuses.merge(status, 1, Integer::sum);
            // 501 is right for an unknown method or coding
            assertThat(status).as(shown(request, answer)).isNotIn("500", "503", "none");
            assertThat(LEAK.matcher(body(answer)).find() && !request.contains(" /actuator/prometheus"))
                    .as(shown(request, answer))
                    .isFalse();
        }
        log.info("{} requests: {}", REQUESTS, statuses);
    }

    private String request() {
        StringBuilder request =
                new StringBuilder(pick(METHODS)).append(' ').append(path()).append(" HTTP/1.1\r\n");
        request.append("Host: localhost\r\nConnection: close\r\n");
        for (int i = Math.max(0, random.nextInt(5) - 2); i > 0; i--) {
            request.append(pick(HEADERS)).append("\r\n");
        }
        if (random.nextBoolean()) {
            String body = body(2);
            request.append("Content-Type: ").append(pick(TYPES)).append("\r\n");
            request.append("Content-Length: ")
                    .append(body.getBytes(StandardCharsets.UTF_8).length)
                    .append("\r\n\r\n")
                    .append(body);
            return request.toString();
        }
        return request.append("\r\n").toString();
    }

    private String path() {
        String path = pick(PATHS);
        while (path.contains("{id}")) {
            path = path.replaceFirst(
                    "\\{id}", Matcher.quoteReplacement(random.nextInt(4) > 0 ? pick(ids) : pick(JUNK)));
        }
        StringBuilder query = new StringBuilder();
        for (int i = random.nextInt(3); i > 0; i--) {
            query.append(query.isEmpty() ? '?' : '&')
                    .append(pick(PARAMETERS))
                    .append('=')
                    .append(pick(JUNK));
        }
        return path.replace(" ", "%20") + query.toString().replace(" ", "%20");
    }

    /** JSON that is valid, invalid or not JSON at all. */
    private String body(int depth) {
        int kind = random.nextInt(10);
        if (kind == 0) {
            return pick(JUNK);
        }
        if (kind == 1) {
            return pick(VALUES);
        }
        StringBuilder object = new StringBuilder("{\"dataset\": {\"name\": \"digits\"}, \"trials\": 1");
        for (int i = random.nextInt(4); i > 0; i--) {
            String value = depth > 0 && random.nextInt(4) == 0 ? body(depth - 1) : pick(VALUES);
            object.append(", \"").append(pick(FIELDS)).append("\": ").append(value);
        }
        return kind == 2 ? object.toString() : object.append('}').toString();
    }

    private String send(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(30_000);
            OutputStream out = socket.getOutputStream();
            out.write(request.getBytes(StandardCharsets.UTF_8));
            out.flush();
            if (request.contains("/events") && !request.contains("unknown")) {
                byte[] start = new byte[4096];
                int length = socket.getInputStream().read(start);
                return new String(start, 0, Math.max(0, length), StandardCharsets.UTF_8);
            }
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String body(String answer) {
        int end = answer.indexOf("\r\n\r\n");
        return end < 0 ? "" : answer.substring(end);
    }

    private static String shown(String request, String answer) {
        return request + "\n---\n" + answer.substring(0, Math.min(2000, answer.length()));
    }

    private <T> T pick(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }
}
