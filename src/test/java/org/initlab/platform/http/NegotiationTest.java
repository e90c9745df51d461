package org.initlab.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.zip.GZIPOutputStream;
import org.initlab.ServiceClient;
import org.initlab.ServiceClient.Answer;
import org.initlab.platform.ServiceTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.web.server.LocalServerPort;

@ServiceTest
class NegotiationTest {
    private static final String SPEC = "{\"dataset\": {\"name\": \"digits\"}, \"trials\": 1}";

    @LocalServerPort
    int port;

    private ServiceClient client;
    private String path;

    @BeforeEach
    void submit() {
        client = new ServiceClient(port);
        path = client.submit(SPEC);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/metrics | */* | application/json",
                "/metrics | text/csv | text/csv",
                "/metrics | application/json;q=0, */* | text/csv",
                "/metrics | application/json;q=0.000, */*;q=0.1 | text/csv",
                "/metrics | */*, application/*;q=0, text/event-stream;q=0 | text/csv",
                "/metrics | text/*;q=0, text/csv;q=0.5 | text/csv",
                "/metrics | text/csv;q=0, */* | application/json",
                "/metrics | text/csv;q=0.1, application/json;q=0.9 | application/json",
                "/metrics | */*;q=0 | none",
                "/metrics | application/json;q=0 | none",
                "'' | application/json;q=0, */* | none",
                "'' | application/json;q=0, application/*, text/* | none",
                "'' | image/png;q=0, */* | application/json",
                "/metrics.csv | text/csv;q=0, */* | none",
                "/metrics.csv | application/json | text/csv",
                "/curves.svg | image/svg+xml;q=0 | none",
                "/curves.svg | image/png;q=0, image/* | image/svg+xml",
                "/curves.png | image/*;q=0, image/png | image/png"
            })
    void aTypeOfQualityZeroIsNotAnsweredWith(String part, String accept, String type) {
        Answer answer = client.get(path + part, "Accept", accept);

        assertThat(answer.status()).isEqualTo(type.equals("none") ? 406 : 200);
        assertThat(answer.header("Content-Type")).startsWith(type.equals("none") ? "application/problem+json" : type);
    }

    @ParameterizedTest
    @CsvSource({"/x, 404", "?x=1, 400", "/runs?x=1, 400", "/curves.svg?width=1, 406", "/events, 406"})
    void aFaultIsToldToWhoeverAcceptsNothing(String part, int status) {
        Answer answer = client.get(path + part, "Accept", "*/*;q=0");

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    }

    @ParameterizedTest
    @CsvSource(
            value = {
                "gzip, 415",
                "GZIP, 415",
                "x-gzip, 415",
                "deflate, 415",
                "br, 415",
                "zstd, 415",
                "aes128gcm, 415",
                "'identity, gzip', 415",
                "identity, 201",
                "'identity,', 201"
            })
    void anEncodedBodyIsRefusedWithWhatIsTaken(String coding, int status) throws Exception {
        byte[] body = status == 415 ? gzip(SPEC) : SPEC.getBytes(StandardCharsets.UTF_8);
        for (BodyPublisher sent : new BodyPublisher[] {
            BodyPublishers.ofByteArray(body), BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body))
        }) {
            HttpResponse<String> answer = post("/experiments", coding, sent);

            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
            assertThat(answer.headers().firstValue("Accept-Encoding").isPresent())
                    .isEqualTo(status == 415);
            if (status == 415) {
                assertThat(answer.headers().firstValue("Accept-Encoding")).hasValue("identity");
                assertThat(answer.body()).contains("Content-Encoding");
            }
        }
    }

    @Test
    void soIsOneOfAnOperationThatReadsNone() throws Exception {
        assertThat(post(path + "/pause", "gzip", BodyPublishers.ofByteArray(gzip("{}")))
                        .statusCode())
                .isEqualTo(415);
        assertThat(client.get(path).body().get("state").asString()).isEqualTo("QUEUED");
        assertThat(post(path + "/pause", "gzip", BodyPublishers.noBody()).statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "a, 200, 201",
        "a, 201, 400",
        "😀, 200, 201",
        "😀, 201, 400",
        "é, 200, 201",
        "𝒳, 200, 201",
        "😀, 101, 201"
    })
    void aNamesLengthIsItsNumberOfCharacters(String character, int count, int status) {
        Answer answer = client.post(
                "/experiments",
                "{\"name\": \"%s\", \"dataset\": {\"name\": \"digits\"}, \"trials\": 1}"
                        .formatted(character.repeat(count)));

        assertThat(answer.status()).as(answer.raw().body()).isEqualTo(status);
    }

    private HttpResponse<String> post(String resource, String coding, BodyPublisher body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + resource))
                .header("Content-Type", "application/json")
                .header("Content-Encoding", coding)
                .timeout(Duration.ofSeconds(30))
                .POST(body)
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }
}
