package org.initlab.platform.problem;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.validation.constraints.Size;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import org.hibernate.validator.constraints.Range;
import org.initlab.platform.ServiceTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@ServiceTest
@Import(ProblemsTest.Failing.class)
class ProblemsTest {
    @LocalServerPort
    private int port;

    private final HttpClient client = HttpClient.newHttpClient();

    @RestController
    @RequestMapping("/failing")
    static class Failing {
        @GetMapping("/{how}")
        String fail(@PathVariable String how) {
            throw switch (how) {
                case "not-found" -> new NotFoundException("There is no experiment of this id.");
                case "conflict" -> new ConflictException("The experiment is running.");
                case "57P01", "57014", "25006", "53300" ->
                    new DataAccessResourceFailureException("SELECT secret", new SQLException("secret", how));
                case "deadlock" ->
                    new CannotAcquireLockException("SELECT secret", new SQLException("deadlock", "40P01"));
                case "faults" ->
                    new InvalidRequestException(
                            List.of(new Fault("/a", "must be positive"), new Fault("/b/0", "is required")));
                default -> new IllegalStateException("SELECT secret FROM /srv/secret");
            };
        }

        @GetMapping("/number/{number}")
        int number(@PathVariable int number) {
            return number;
        }

        @GetMapping("/page")
        int page(
                @RequestParam @Range(min = 0, max = 9) int page,
                @RequestParam(defaultValue = "") @Size(max = 2) String sort) {
            return page + sort.length();
        }

        @PostMapping(consumes = "application/json")
        int echo(@RequestBody JsonNode body) {
            return body.toString().length();
        }
    }

    @Test
    void exceptionsOfTheServiceHaveTheirStatusAndMessage() throws Exception {
        assertProblem(get("/failing/not-found"), 404, "Not Found", "There is no experiment of this id.");
        assertProblem(get("/failing/conflict"), 409, "Conflict", "The experiment is running.");
    }

    @Test
    void allFaultsOfABodyComeAtOnce() throws Exception {
        JsonNode problem = assertProblem(get("/failing/faults"), 400, "Bad Request", "The request has 2 faults.");

        assertThat(problem.get("errors").toString())
                .isEqualTo("[{\"pointer\":\"/a\",\"detail\":\"must be positive\"},"
                        + "{\"pointer\":\"/b/0\",\"detail\":\"is required\"}]");
        assertThat(problem.get("instance").asString()).isEqualTo("/failing/faults");
    }

    /** Shut down, a statement that took too long, read-only, and too many connections. */
    @ParameterizedTest
    @ValueSource(strings = {"57P01", "57014", "25006", "53300"})
    void anUnavailableDatabaseIsWorthARetry(String sqlState) throws Exception {
        HttpResponse<String> response = get("/failing/" + sqlState);

        assertProblem(
                response,
                503,
                "Service Unavailable",
                "The database is unavailable or takes no changes; try again in a moment.");
        assertThat(response.headers().firstValue("Retry-After")).hasValue("5");
    }

    @Test
    void changesThatMeetAreAConflict() throws Exception {
        assertProblem(
                get("/failing/deadlock"), 409, "Conflict", "Someone else changed it at the same time; try again.");
    }

    @Test
    void anUnexpectedFailureShowsNoInsides() throws Exception {
        HttpResponse<String> response = get("/failing/unexpected");

        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(response.body()).contains("correlationId").doesNotContain("secret", "Exception", "org.initlab");
    }

    @Test
    void unknownPathsMethodsAndMediaTypesAreProblems() throws Exception {
        assertProblem(get("/nowhere"), 404, "Not Found", "There is nothing at this path.");
        assertProblem(get("/error"), 404, "Not Found", "There is nothing at this path.");
        assertProblem(get("/failing/number/x"), 404, "Not Found", "There is nothing with the number 'x'.");
        HttpResponse<String> deleted = send(request("/failing").DELETE());
        assertProblem(deleted, 405, "Method Not Allowed", "Method 'DELETE' is not supported.");
        assertThat(deleted.headers().firstValue("Allow")).hasValue("POST");
        HttpResponse<String> text =
                send(request("/failing").header("Content-Type", "text/plain").POST(body("hi")));
        assertProblem(
                text,
                415,
                "Unsupported Media Type",
                "Content-Type 'text/plain' is not supported; send application/json.");
        assertProblem(
                send(request("/failing").POST(BodyPublishers.noBody())),
                415,
                "Unsupported Media Type",
                "The request needs a Content-Type, such as application/json.");
        HttpResponse<String> image = send(request("/failing/number/1").header("Accept", "image/png"));
        assertThat(image.statusCode()).isEqualTo(406);
        assertThat(type(image)).isEqualTo("application/problem+json");
    }

    @Test
    void badParametersAreNamed() throws Exception {
        String bad = "Bad Request";
        assertProblem(get("/failing/page"), 400, bad, "Required parameter 'page' is not present.");
        assertProblem(get("/failing/page?page=x"), 400, bad, "'page' must be a whole number.");
        assertProblem(
                get("/failing/page?page=10&sort=abc"),
                400,
                bad,
                "'page' must be between 0 and 9; 'sort' size must be between 0 and 2.");
        assertThat(raw("GET /failing/page?page=%zz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 400")
                .contains("application/problem+json");
    }

    @Test
    void aBrowserGetsTheSameProblem() throws Exception {
        HttpResponse<String> response = send(request("/failing/not-found").header("Accept", "text/html"));

        assertProblem(response, 404, "Not Found", "There is no experiment of this id.");
    }

    @Test
    void unreadableJsonIsReportedWithItsPlace() throws Exception {
        assertThat(detail(post(body("{\n  \"a\": ]"))))
                .startsWith("The body is not readable JSON at line 2, column 8: Unexpected character (']'");
        assertThat(detail(post(body("{\"a\":1,\"a\":2}")))).contains("line 1, column", "Duplicate");
        assertThat(detail(post(body("{} {}")))).contains("nothing after it").doesNotContain("jackson");
        assertThat(detail(post(body("[".repeat(100)))))
                .contains("nested too deeply")
                .doesNotContain("Constraints");
        assertThat(detail(post(body("{\"a\": NaN}")))).contains("line 1").doesNotContain("FEATURE", "Feature");
        assertThat(detail(post(body("{\"a\": ["))))
                .isEqualTo("The body is not readable JSON at line 1, column 8: Unexpected end-of-input: expected close"
                        + " marker for Array.");
        assertThat(detail(post(body("")))).isEqualTo("The request needs a body.");
    }

    @Test
    void aBodyOverTheLimitIsRefusedWhetherOrNotItDeclaresItsLength() throws Exception {
        byte[] fits = ("\"" + "a".repeat(BodyLimitFilter.LIMIT - 2) + "\"").getBytes(StandardCharsets.UTF_8);
        byte[] tooLong = ("\"" + "a".repeat(BodyLimitFilter.LIMIT - 1) + "\"").getBytes(StandardCharsets.UTF_8);

        assertThat(post(BodyPublishers.ofByteArray(fits)).statusCode()).isEqualTo(200);
        assertThat(post(chunked(fits)).statusCode()).isEqualTo(200);
        String detail = "The body is over 1048576 bytes.";
        assertProblem(post(BodyPublishers.ofByteArray(tooLong)), 413, "Content Too Large", detail);
        assertProblem(post(chunked(tooLong)), 413, "Content Too Large", detail);
        assertProblem(
                post(chunked(" ".repeat(8 << 20).getBytes(StandardCharsets.UTF_8))), 413, "Content Too Large", detail);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /%zz HTTP/1.1\r\nHost: localhost\r\n",
                "GET /%ff HTTP/1.1\r\nHost: localhost\r\n",
                "GET /a%00b HTTP/1.1\r\nHost: localhost\r\n",
                "GET /<script> HTTP/1.1\r\nHost: localhost\r\n",
                "GET /..%2f..%2fetc HTTP/1.1\r\nHost: localhost\r\n",
                "GET / HTTP/1.1\r\n",
                "GET / HTTP/9.9\r\nHost: localhost\r\n",
                "TRACE / HTTP/1.1\r\nHost: localhost\r\n",
                "BREW / HTTP/1.1\r\nHost: localhost\r\n",
                "GET /? HTTP/1.1\r\nHost: localhost\r\nContent-Length: x\r\n",
            })
    void whatTheServerItselfRefusesIsAProblemToo(String request) throws IOException {
        String answer = raw(request + "Connection: close\r\n\r\n");

        assertThat(answer)
                .matches("(?s)HTTP/1.1 [45]\\d\\d.*")
                .contains("application/problem+json", "\"type\":\"about:blank\"")
                .doesNotContain("<html", "Tomcat", "Exception");
    }

    private JsonNode assertProblem(HttpResponse<String> response, int status, String title, String detail) {
        assertThat(type(response)).isEqualTo("application/problem+json");
        assertThat(response.statusCode()).isEqualTo(status);
        JsonNode problem = JsonMapper.shared().readTree(response.body());
        assertThat(problem.get("type").asString()).isEqualTo("about:blank");
        assertThat(problem.get("status").asInt()).isEqualTo(status);
        assertThat(problem.get("title").asString()).isEqualTo(title);
        assertThat(problem.get("detail").asString()).isEqualTo(detail);
        assertThat(problem.get("instance").asString()).isEqualTo(response.uri().getPath());
        return problem;
    }

    private static String type(HttpResponse<String> response) {
        return response.headers().firstValue("Content-Type").orElse("none");
    }

    private static String detail(HttpResponse<String> response) {
        assertThat(response.statusCode()).isEqualTo(400);
        return JsonMapper.shared().readTree(response.body()).get("detail").asString();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    }

    private HttpResponse<String> get(String path) throws Exception {
        return send(request(path));
    }

    private HttpResponse<String> post(BodyPublisher body) throws Exception {
        return send(
                request("/failing").header("Content-Type", "application/json").POST(body));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static BodyPublisher body(String text) {
        return BodyPublishers.ofString(text);
    }

    private static BodyPublisher chunked(byte[] bytes) {
        return BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(bytes));
    }

    private String raw(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
