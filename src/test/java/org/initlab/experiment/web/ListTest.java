package org.initlab.experiment.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
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
class ListTest {
    @LocalServerPort
    int port;

    @Autowired
    JdbcClient jdbc;

    private ServiceClient client;

    @BeforeEach
    void connect() {
        client = new ServiceClient(port);
    }

    @Test
    void whoGoesOnBehindTheLastMeetsEveryExperimentOnceWhileOthersSubmit() {
        String mark = "walked " + UUID.randomUUID();
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            expected.add(submit(mark));
        }
        // of the same moment, as copies of a database are
        jdbc.sql("update experiment set created_at = date_trunc('second', created_at) where name = ?")
                .param(mark)
                .update();
        expected.sort(Comparator.reverseOrder());
        String filter = "/experiments?size=2&name=" + URLEncoder.encode(mark, StandardCharsets.UTF_8);

        List<String> met = new ArrayList<>();
        JsonNode answer = client.get(filter).body();
        assertThat(answer.at("/page/totalElements").asInt()).isEqualTo(7);
        while (true) {
            answer.get("content").forEach(one -> met.add(one.get("id").asString()));
            // a cursor that stays where it is would never come to the end
            assertThat(met).doesNotHaveDuplicates();
            if (answer.get("next").isNull()) {
                break;
            }
            submit(mark);
            answer = client.get(filter + "&sort=createdAt,desc&after="
                            + answer.get("next").asString())
                    .body();
            assertThat(answer.get("page").isNull()).isTrue();
        }

        assertThat(met).isEqualTo(expected);
    }

    @Test
    void onlyTheDefaultOrderGoesOn() {
        for (int i = 0; i < 3; i++) {
            submit("ordered");
        }
        String next = client.get("/experiments?name=ordered&size=1")
                .body()
                .get("next")
                .asString();

        assertThat(client.get("/experiments?name=ordered&size=1&page=1")
                        .body()
                        .get("next")
                        .asString())
                .isNotEqualTo(next);
        assertThat(client.get("/experiments?name=ordered&size=1&sort=name")
                        .body()
                        .get("next")
                        .isNull())
                .isTrue();
        for (String other : List.of("page=0", "sort=name", "sort=createdAt,asc", "size=0")) {
            assertThat(client.get("/experiments?after=" + next + "&" + other).status())
                    .as(other)
                    .isEqualTo(400);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x",
                "%00",
                "null",
                "AAAA",
                "!",
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "________________________________",
                "f_______________________________"
            })
    void aCursorThatTheServiceNeverGaveIsRefused(String cursor) {
        Answer answer = client.get("/experiments?after=" + cursor);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().get("detail").asString()).contains("after must be what an earlier answer has as next");
    }

    @Test
    void nothingFollowsTheOldest() {
        submit("any");
        JsonNode answer = client.get("/experiments?after=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")
                .body();

        assertThat(answer.get("content").size()).isZero();
        assertThat(answer.get("next").isNull()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "Лягушка или НЕТ, ЛЯГУШКА",
        "Лягушка или НЕТ, лягушка или нет",
        "ÄRGER, ärger",
        "ÄRGER, ÄRGER",
        "ΟΔΟΣ 1, οδος",
        "İstanbul, istanbul",
        "İstanbul, İstanbul",
        "Straße, STRASSE",
        "A\u0308pfel, Äpfel",
        "ｗｉｄｅ, WIDE",
        "50 % of_it\\ x, 50 % OF_IT\\"
    })
    void aNameIsFoundInAnyCaseAndForm(String name, String wanted) {
        String mark = UUID.randomUUID() + " ";
        submit(mark + name);

        assertThat(found(mark + wanted)).as(wanted).isEqualTo(1);
        assertThat(found(mark + "x" + wanted)).isZero();
    }

    @Test
    void theWildcardsOfTheDatabaseStandForThemselves() {
        String mark = " " + UUID.randomUUID();
        submit("abc" + mark);

        for (String pattern : List.of("a%c", "a_c", "%", "_bc", "ab\\c")) {
            assertThat(found(pattern + mark)).as(pattern).isZero();
        }
    }

    private int found(String name) {
        return client.get("/experiments?name=" + URLEncoder.encode(name, StandardCharsets.UTF_8))
                .body()
                .at("/page/totalElements")
                .asInt();
    }

    private String submit(String name) {
        return client.submit("{\"name\": \"%s\", \"dataset\": {\"name\": \"digits\"}, \"trials\": 1}"
                        .formatted(name.replace("\\", "\\\\")))
                .replaceAll(".*/", "");
    }
}
