package org.initlab;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client of a running service, as external as curl. */
public final class ServiceClient {
    private static final JsonMapper JSON = new JsonMapper();
    private static final List<String> FINAL = List.of("SUCCEEDED", "FAILED", "CANCELLED");

    /** Longer than any answer may be held. */
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final HttpClient http = HttpClient.newHttpClient();
    private final String base;
    private final String token;

    public ServiceClient(int port) {
        this(port, null);
    }

    /** Sends a token with each request. */
    public ServiceClient(int port, String token) {
        base = "http://127.0.0.1:" + port;
        this.token = token;
    }

    /** An answer; {@code body} is {@code null} if it is empty. */
    public record Answer(int status, HttpResponse<String> raw, JsonNode body) {
        public String header(String name) {
            return raw.headers().firstValue(name).orElse(null);
        }
    }

    /** Sends any method and body, like a client of {@code .http} files. */
    public Answer send(String method, String path, String body, String... headers) {
        return send(request(path, headers).method(method, HttpRequest.BodyPublishers.ofString(body)));
    }

    public Answer get(String path, String... headers) {
        return send(request(path, headers).GET());
    }

    /** Sends a request that may take long. */
    public CompletableFuture<Answer> getLater(String path, String... headers) {
        return http.sendAsync(request(path, headers).GET().build(), HttpResponse.BodyHandlers.ofString())
                .thenApply(ServiceClient::answer);
    }

    public Answer post(String path, String json, String... headers) {
        return send(request(path, headers)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    public Answer patch(String path, String json) {
        return send(request(path)
                .header("Content-Type", "application/json")
                .method("PATCH", HttpRequest.BodyPublishers.ofString(json)));
    }

    public Answer delete(String path) {
        return send(request(path).DELETE());
    }

    /** Posts a spec that must be accepted; returns the experiment's path. */
    public String submit(String spec) {
        Answer answer = post("/experiments", spec);
        if (answer.status() != 201) {
            throw new AssertionError(answer.status() + " " + answer.body());
        }
        return answer.body().at("/links/self").asString();
    }

    /** Waits until an experiment has ended; returns it. */
    public JsonNode awaitEnd(String path) {
        await().atMost(Duration.ofMinutes(4))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> FINAL.contains(get(path).body().get("state").asString()));
        return get(path).body();
    }

    /** Waits until an experiment is in one of some states; returns it. */
    public JsonNode awaitState(String path, String... states) {
        await().atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(50))
                .until(() ->
                        List.of(states).contains(get(path).body().get("state").asString()));
        return get(path).body();
    }

    private HttpRequest.Builder request(String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        return headers.length == 0 ? request : request.headers(headers);
    }

    private Answer send(HttpRequest.Builder request) {
        try {
            HttpRequest sent = request.build();
            HttpResponse<String> raw = whole(http.sendAsync(sent, HttpResponse.BodyHandlers.ofString()));
            ApiContract.check(http, sent, raw);
            return answer(raw);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** A request's own time limit ends with the head of its answer, which a stream sends at once. */
    private static HttpResponse<String> whole(CompletableFuture<HttpResponse<String>> answer)
            throws IOException, InterruptedException {
        try {
            return answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new AssertionError("no whole answer came within " + PATIENCE.toSeconds() + " s", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
        }
    }

    private static Answer answer(HttpResponse<String> raw) {
        String type = raw.headers().firstValue("Content-Type").orElse("");
        JsonNode body = type.contains("json") && !raw.body().isEmpty() ? JSON.readTree(raw.body()) : null;
        return new Answer(raw.statusCode(), raw, body);
    }
}
