package org.initlab.platform.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.initlab.ServiceClient;
import org.initlab.ServiceClient.Answer;
import org.initlab.platform.ServiceTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.security.core.userdetails.UserDetailsService;

/** A service without tokens: open to this machine's programs, closed to the pages that its browsers visit. */
@ServiceTest
class OpenServiceTest {
    @LocalServerPort
    int port;

    ServiceClient client;

    @BeforeEach
    void connect() {
        client = new ServiceClient(port);
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LOCALHOST:8080", "127.0.0.1", "127.1.2.3:80", "[::1]:8080"})
    void loopbacksNamesAreAnswered(String host) throws IOException {
        assertThat(raw("GET /presets HTTP/1.1", "Host: " + host)).startsWith("HTTP/1.1 200");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "evil.example:8080",
                "127.0.0.1.evil.example",
                "localhost.evil.example",
                "192.0.2.1"
            })
    void aNameThatAWebPageCanPointHereIsNot(String host) throws IOException {
        for (String path : new String[] {"/presets", "/actuator/health", "/actuator/prometheus"}) {
            assertThat(raw("GET " + path + " HTTP/1.1", "Host: " + host, "X-Forwarded-Host: localhost"))
                    .startsWith("HTTP/1.1 403")
                    .contains("application/problem+json", "configure tokens");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Origin, https://evil.example, 403",
        "Origin, http://localhost:1, 403",
        "Origin, null, 403",
        "Sec-Fetch-Site, cross-site, 403",
        "Sec-Fetch-Site, same-site, 403",
        "Sec-Fetch-Site, same-origin, 400",
        "X-None, x, 400",
    })
    void aChangeIsTakenOnlyFromOwnPagesAndFromPrograms(String header, String value, int status) {
        Answer answer = client.post("/experiments", "{}", header, value);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    }

    @Test
    void ownOriginMayChange() {
        String own = "http://127.0.0.1:" + port;

        assertThat(client.post("/experiments", "{}", "Origin", own).status()).isEqualTo(400);
        assertThat(client.post("/experiments", "{}", "Origin", own, "Sec-Fetch-Site", "cross-site")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void otherOriginsAreNotToldThatTheyMayCall() throws IOException {
        String preflight = raw(
                "OPTIONS /experiments HTTP/1.1",
                "Host: localhost",
                "Origin: https://evil.example",
                "Access-Control-Request-Method: POST");

        assertThat(preflight).startsWith("HTTP/1.1 403").contains("application/problem+json");
        assertThat(client.get("/presets", "Origin", "https://evil.example").header("Access-Control-Allow-Origin"))
                .isNull();
    }

    @Test
    void answersTellBrowsersToTrustNothingElse() {
        Answer answer = client.get("/presets");

        assertThat(answer.header("Content-Security-Policy"))
                .contains("default-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.header("X-Frame-Options")).isEqualTo("DENY");
        assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(answer.header("Cross-Origin-Resource-Policy")).isEqualTo("same-origin");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        assertThat(client.get("/nowhere").header("Cache-Control")).isEqualTo("no-store");
        assertThat(answer.raw().headers().firstValue("Set-Cookie")).isEmpty();
    }

    @Test
    void thereIsNothingToLogInTo(@Autowired ObjectProvider<UserDetailsService> users) {
        assertThat(client.post("/login", "{\"token\": \"x\"}").status()).isEqualTo(409);
        assertThat(users.stream()).isEmpty();
    }

    private String raw(String... lines) throws IOException {
        return new RawHttp(port).send(lines);
    }
}
