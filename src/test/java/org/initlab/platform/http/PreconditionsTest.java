package org.initlab.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.initlab.ServiceClient;
import org.initlab.ServiceClient.Answer;
import org.initlab.platform.ServiceTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

@ServiceTest
class PreconditionsTest {
    private static final String ABSENT = "/experiments/0198f0c2-0000-7000-8000-000000000000";

    @LocalServerPort
    int port;

    @Autowired
    JdbcClient jdbc;

    private ServiceClient client;
    private String path;

    @BeforeEach
    void submit() {
        client = new ServiceClient(port);
        path = client.submit("{\"dataset\": {\"name\": \"digits\"}, \"trials\": 1}");
    }

    /** {@code {}} is the ETag without its quotes, {@code |} stands between two lines of the header. */
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '\'',
            value = {
                "If-Match, '\"{}\"', 200",
                "If-Match, '\"other\", \"{}\"', 200",
                "If-Match, '\"other\"|\"{}\"', 200",
                "If-Match, *, 200",
                "If-Match, '\"other\"', 412",
                "If-Match, 'W/\"{}\"', 412",
                "If-Match, '\"{}-csv\"', 412",
                "If-Match, '{}', 412",
                "If-None-Match, '\"other\"', 200",
                "If-None-Match, '\"{}\"', 412",
                "If-None-Match, 'W/\"{}\"', 412",
                "If-None-Match, *, 412"
            })
    void aChangeIsMadeOnlyOfWhatTheClientKnows(String header, String value, int status) {
        String etag = client.get(path).header("ETag");
        String[] lines = value.replace("{}", etag.replace("\"", "")).split("\\|", -1);
        String[] headers = new String[2 * lines.length + 2];
        for (int i = 0; i < lines.length; i++) {
            headers[2 * i] = header;
            headers[2 * i + 1] = lines[i];
        }
        headers[2 * lines.length] = "Content-Type";
        headers[2 * lines.length + 1] = "application/json";

        Answer answer = client.send("PATCH", path, "{\"priority\": 7}", headers);

        assertThat(answer.status()).isEqualTo(status);
        JsonNode after = client.get(path).body();
        assertThat(after.get("priority").asInt()).isEqualTo(status == 200 ? 7 : 0);
        assertThat(client.get(path).header("ETag").equals(etag)).isEqualTo(status == 412);
    }

    @ParameterizedTest
    @CsvSource({"POST, /cancel", "POST, /pause", "POST, /resume", "POST, /retry", "POST, /extend", "PATCH, ''"})
    void everyVerbHoldsTheCondition(String method, String verb) {
        String before = client.get(path).raw().body();
        List<String> queue = queue();

        assertThat(conditional(method, path + verb, "\"other\"").status()).isEqualTo(412);
        assertThat(client.get(path).raw().body()).isEqualTo(before);
        assertThat(queue()).isEqualTo(queue);
        assertThat(conditional(method, path + verb, client.get(path).header("ETag"))
                        .status())
                .isEqualTo(200);
        assertThat(conditional(method, ABSENT + verb, "\"other\"").status()).isEqualTo(404);
        client.post(path + "/cancel", "");
        int plain = conditional(method, path + verb, "*").status();
        assertThat(conditional(method, path + verb, "\"other\"").status()).isEqualTo(plain == 409 ? 409 : 412);
    }

    @Test
    void aDeletionDoesToo() {
        assertThat(conditional("DELETE", path, "\"other\"").status()).isEqualTo(409);
        client.post(path + "/cancel", "");

        assertThat(conditional("DELETE", path, "\"other\"").status()).isEqualTo(412);
        assertThat(client.get(path).status()).isEqualTo(200);
        assertThat(conditional("DELETE", path, client.get(path).header("ETag")).status())
                .isEqualTo(204);
        assertThat(conditional("DELETE", path, "*").status()).isEqualTo(404);
    }

    @Test
    void whatHasNoETagIsInNoStateThatAClientNames() {
        String spec = "{\"dataset\": {\"name\": \"digits\"}, \"trials\": 1}";

        assertThat(client.post("/experiments", spec, "If-Match", "\"1\"").status())
                .isEqualTo(412);
        assertThat(client.post("/experiments", spec, "If-Match", "*").status()).isEqualTo(201);
    }

    @Test
    void anyRepresentationIsWhatAnAsteriskMeansOnEveryGet() {
        String run = client.get(path + "/runs").body().at("/0/id").asString();
        int asked = 0;
        for (String template : client.get("/v3/api-docs").body().get("paths").propertyNames()) {
            String concrete = template.replace("{id}", path.replaceAll(".*/", ""))
                    .replace("{runId}", run)
                    .replace("{name}", "quickstart");
            if (client.send("HEAD", concrete, "").status() == 200) {
                Answer answer = client.get(concrete, "If-None-Match", "*");
                assertThat(answer.status()).as(template).isEqualTo(304);
                assertThat(answer.raw().body()).as(template).isEmpty();
                asked++;
            }
        }
        assertThat(asked).isGreaterThan(12);
        assertThat(client.get(ABSENT, "If-None-Match", "*").status()).isEqualTo(404);
        assertThat(client.get(path + "?x=1", "If-None-Match", "*").status()).isEqualTo(400);
        assertThat(client.get(path + "/metrics?wait=60", "If-None-Match", "*").status())
                .isEqualTo(304);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/metrics", "/metrics.csv", "/steps.csv", "/comparison", "/curves.svg", "/curves.png"})
    void aCopyIsRecognisedByAStrongOrWeakETagInAnyLine(String part) {
        String etag = client.get(path + part).header("ETag");

        for (String known : new String[] {etag, "W/" + etag, "\"x\", " + etag}) {
            assertThat(client.get(path + part, "If-None-Match", known).status())
                    .as(known)
                    .isEqualTo(304);
        }
        assertThat(client.get(path + part, "If-None-Match", "\"x\"", "If-None-Match", etag)
                        .status())
                .isEqualTo(304);
        assertThat(client.get(path + part, "If-None-Match", "\"x\"").status()).isEqualTo(200);
    }

    @Test
    void aPollThatNamesItsETagInASecondLineWaitsToo() {
        String etag = client.get(path + "/metrics").header("ETag");

        assertThat(client.get(path + "/metrics?wait=1", "If-None-Match", "\"x\"", "If-None-Match", etag)
                        .status())
                .isEqualTo(304);
    }

    private List<String> queue() {
        return jdbc.sql("select task_instance || ' ' || priority || ' ' || version from scheduled_tasks order by 1")
                .query(String.class)
                .list();
    }

    private Answer conditional(String method, String resource, String etag) {
        String body = resource.endsWith("/extend") ? "{\"epochs\": 9}" : "{\"priority\": 3}";
        return client.send(method, resource, body, "If-Match", etag, "Content-Type", "application/json");
    }
}
