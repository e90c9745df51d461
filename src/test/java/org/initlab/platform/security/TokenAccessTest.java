package org.initlab.platform.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.initlab.ServiceClient;
import org.initlab.ServiceClient.Answer;
import org.initlab.platform.ServiceTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestPropertySource;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** A service with tokens, behind a proxy, so that each test can come from its own address. */
@ServiceTest
@Import(TokenAccessTest.Later.class)
@TestPropertySource(
        properties = {
            "initlab.tokens=viewer:read:viewers-secret-0123,ci:write:sha256:"
                    + "96ffc2d2cd9015082a7c2eb641bbe64214b5c3bb7d20ac597b06800b3f435719",
            "server.forward-headers-strategy=native"
        })
class TokenAccessTest {
    private static final String[] READ = {"Authorization", "Bearer viewers-secret-0123"};
    private static final String[] WRITE = {"Authorization", "bearer cis-secret-012345"};
    private static final String SPEC = "{\"dataset\": {\"name\": \"digits\"}, \"trials\": 1}";

    @LocalServerPort
    int port;

    ServiceClient client;

    @BeforeEach
    void connect() {
        client = new ServiceClient(port);
    }

    @RestController
    static class Later {
        @GetMapping(path = "/later", produces = "application/json")
        CompletableFuture<String> later() {
            return CompletableFuture.supplyAsync(() -> "\"done\"");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/experiments",
                "/presets",
                "/actuator/prometheus",
                "/actuator",
                "/nowhere",
                "/v3/api-docs",
                "/error"
            })
    void withoutATokenNothingIsShown(String path) {
        Answer answer = client.get(path);

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer");
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.body().get("instance").asString()).isEqualTo(path);
        assertThat(answer.body().get("detail").asString()).contains("Authorization: Bearer");
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(client.post(path, SPEC).status()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/actuator/health", "/actuator/health/liveness", "/actuator/health/readiness"})
    void healthIsOpenToAll(String path) {
        assertThat(client.get(path).status()).isEqualTo(200);
        assertThat(client.get(path, "Authorization", "Bearer of-something-else").status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/index.html", "/assets/page.js", "/webjars/chart.js"})
    void thePagesFilesAreOpenToAll(String path) {
        assertThat(client.get(path).status()).isNotEqualTo(401);
        assertThat(client.get("/assets/..%2fexperiments").status()).isEqualTo(400);
        assertThat(client.get("/assets;/../experiments").status()).isIn(400, 401);
    }

    @Test
    void aReadTokenCannotChangeAnything() {
        assertThat(client.get("/experiments", READ).status()).isEqualTo(200);
        assertThat(client.get("/actuator", READ).status()).isEqualTo(200);
        assertThat(client.get("/nowhere", READ).status()).isEqualTo(404);
        Answer refused = client.post("/experiments", SPEC, READ);
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.body().get("detail").asString()).contains("may only read");
        assertThat(client.post("/experiments/" + UUID.randomUUID() + "/cancel", "", READ)
                        .status())
                .isEqualTo(403);
    }

    @Test
    void aWriteTokenCan() {
        assertThat(client.post("/experiments", SPEC, WRITE).status()).isEqualTo(201);
        assertThat(client.post("/experiments", "{}", WRITE).status()).isEqualTo(400);
        assertThat(client.post("/experiments", " ".repeat((1 << 20) + 1), WRITE).status())
                .isEqualTo(413);
        assertThat(client.post("/presets", "{}", WRITE).status()).isEqualTo(405);
    }

    @Test
    void anUnchangedAnswerIsStillNotSentTwice() {
        String path = client.post("/experiments", SPEC, WRITE)
                .body()
                .at("/links/metrics")
                .asString();
        Answer full = client.get(path, READ);
        Answer unchanged = client.get(path, "If-None-Match", full.header("ETag"), READ[0], READ[1]);

        assertThat(full.header("Cache-Control")).isEqualTo("private, no-cache");
        assertThat(unchanged.status()).isEqualTo(304);
        assertThat(client.get(path, "If-None-Match", full.header("ETag")).status())
                .isEqualTo(401);
    }

    @Test
    void anAsynchronousAnswerIsLetThrough() {
        assertThat(client.get("/later", READ).raw().body()).isEqualTo("\"done\"");
        assertThat(client.get("/later").status()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"BREW", "PATCH", "DELETE", "HEAD", "OPTIONS", "get"})
    void noMethodBypassesTheCheck(String method) throws IOException {
        assertThat(new RawHttp(port).send(method + " /experiments HTTP/1.1", "Host: x"))
                .startsWith("HTTP/1.1 401");
        String changing = new RawHttp(port).send(method + " /presets HTTP/1.1", "Host: x", READ[0] + ": " + READ[1]);
        assertThat(changing)
                .matches("(?s)HTTP/1.1 " + (List.of("HEAD", "OPTIONS").contains(method) ? "200" : "403") + ".*");
    }

    @Test
    void aBrowserLogsInWithItsTokenAndOut() {
        Answer login = client.post("/login", "{\"token\": \"cis-secret-012345\"}");
        String cookie = login.header("Set-Cookie");
        String pair = cookie.substring(0, cookie.indexOf(';'));

        assertThat(login.status()).isEqualTo(200);
        assertThat(login.body().toString()).isEqualTo("{\"name\":\"ci\",\"scope\":\"write\"}");
        assertThat(cookie)
                .contains("; Path=/", "; HttpOnly", "; SameSite=Strict")
                .doesNotContain("Secure", "Max-Age");
        assertThat(client.get("/experiments", "Cookie", pair).status()).isEqualTo(200);
        assertThat(client.post("/experiments", SPEC, "Cookie", pair, "Sec-Fetch-Site", "same-origin")
                        .status())
                .isEqualTo(201);
        assertThat(client.post("/experiments", SPEC, "Cookie", pair, "Sec-Fetch-Site", "same-site")
                        .status())
                .isEqualTo(403);
        assertThat(client.post("/experiments", SPEC, "Cookie", pair, "Origin", "http://evil.example")
                        .status())
                .isEqualTo(403);
        Answer logout = client.post("/logout", "", "Cookie", pair);
        assertThat(logout.status()).isEqualTo(204);
        assertThat(logout.header("Set-Cookie")).startsWith("initlab-token=;").contains("Max-Age=0");
    }

    @Test
    void theCookieOfAnHttpsLoginStaysOnHttps() {
        Answer login = client.post("/login", "{\"token\": \"viewers-secret-0123\"}", "X-Forwarded-Proto", "https");

        assertThat(login.header("Set-Cookie")).contains("; Secure");
        assertThat(login.header("Strict-Transport-Security")).doesNotContain("includeSubDomains");
    }

    @Test
    void anOutdatedCookieIsRemovedAndDoesNotBlockTheLogin() {
        String[] outdated = {"Cookie", "initlab-token=of-last-year", "X-Forwarded-For", "192.0.2.10"};
        Answer answer = client.get("/experiments", outdated);

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer error=\"invalid_token\"");
        assertThat(answer.header("Set-Cookie")).startsWith("initlab-token=;").contains("Max-Age=0");
        assertThat(client.post("/login", "{\"token\": \"viewers-secret-0123\"}", outdated)
                        .status())
                .isEqualTo(200);
        assertThat(client.post("/login", "{\"tokn\": 1}").body().get("errors").size())
                .isEqualTo(2);
    }

    @Test
    void anAddressThatGuessesIsTurnedAwayAndOthersAreNot() {
        String[] guess = {"Authorization", "Bearer guess", "X-Forwarded-For", "192.0.2.20"};
        for (int i = 0; i < FailureLimit.MAX_FAILURES - 1; i++) {
            assertThat(client.get("/experiments", guess).status()).isEqualTo(401);
        }
        assertThat(client.post("/login", "{\"token\": \"guess\"}", "X-Forwarded-For", "192.0.2.20")
                        .status())
                .isEqualTo(401);

        Answer refused = client.get("/experiments", READ[0], READ[1], "X-Forwarded-For", "192.0.2.20");
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 60);
        assertThat(client.post("/login", "{\"token\": \"viewers-secret-0123\"}", "X-Forwarded-For", "192.0.2.20")
                        .status())
                .isEqualTo(429);
        assertThat(client.get("/actuator/health", "X-Forwarded-For", "192.0.2.20")
                        .status())
                .isEqualTo(200);
        assertThat(client.get("/experiments", READ).status()).isEqualTo(200);
    }

    @Test
    void everyChangeIsLoggedWithItsCaller() {
        List<ILoggingEvent> events = new CopyOnWriteArrayList<>();
        Logger audit = (Logger) LoggerFactory.getLogger("org.initlab.audit");
        AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
            @Override
            protected void append(ILoggingEvent event) {
                events.add(event);
            }
        };
        appender.start();
        audit.addAppender(appender);
        try {
            client.get("/experiments", READ);
            client.post("/experiments", "{}", WRITE[0], WRITE[1], "X-Forwarded-For", "192.0.2.30");
            client.post("/experiments?x=1", "{}", READ);
            client.post("/a%22b", "{}", "X-Forwarded-For", "1\t\u00e4 admin");
            client.post("/login", "{\"token\": \"viewers-secret-0123\"}");

            await().until(() -> events.size() >= 4);
        } finally {
            audit.detachAppender(appender);
        }
        assertThat(events)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly(
                        "ci at 192.0.2.30: POST /experiments -> 400",
                        "viewer at 127.0.0.1: POST /experiments -> 403",
                        "anonymous at 1???admin: POST /a%22b -> 401",
                        "viewer at 127.0.0.1: POST /login -> 200");
        assertThat(events.get(0).getKeyValuePairs().toString())
                .contains("principal=\"ci\"", "address=\"192.0.2.30\"", "method=\"POST\"", "status=\"400\"");
    }
}
