package org.initlab.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.initlab.ServiceClient;
import org.initlab.ServiceClient.Answer;
import org.initlab.platform.ServiceTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

@ServiceTest
class QueryParametersTest {
    @LocalServerPort
    int port;

    private ServiceClient client;
    private String path;

    @BeforeEach
    void submit() {
        client = new ServiceClient(port);
        path = client.submit("{\"dataset\": {\"name\": \"digits\"}, \"trials\": 1}");
    }

    @Test
    void noOperationTakesAParameterThatItDoesNotHave() {
        List<String> operations = new ArrayList<>();
        JsonNode paths = client.get("/v3/api-docs").body().get("paths");
        for (String template : paths.propertyNames()) {
            String concrete = template.replaceAll("\\{[^}]*}", "0198f0c2-0000-7000-8000-000000000000");
            for (String method : paths.get(template).propertyNames()) {
                operations.add(method + " " + template);
                Answer answer = client.send(
                        method.toUpperCase(Locale.ROOT),
                        concrete + "?dry_run=1",
                        "{}",
                        "Content-Type",
                        "application/json");
                assertThat(answer.status()).as(method + " " + template).isEqualTo(400);
                assertThat(answer.body().get("detail").asString())
                        .as(method + " " + template)
                        .contains("unknown query parameter 'dry_run'");
            }
        }
        assertThat(operations).hasSizeGreaterThan(20);
    }

    @Test
    void whatWasMisunderstoodIsNotDone() {
        client.post(path + "/cancel", "");

        assertThat(client.delete(path + "?dry_run=1").status()).isEqualTo(400);
        assertThat(client.get(path).status()).isEqualTo(200);
        assertThat(client.delete(path).status()).isEqualTo(204);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "/experiments?stat=QUEUED | unknown query parameter 'stat'; did you mean 'state'?",
                "/experiments?State=QUEUED | unknown query parameter 'State'; did you mean 'state'?",
                "/experiments?pagesize=5 | unknown query parameter 'pagesize'; known are state, dataset",
                "/experiments?=x | unknown query parameter ''; known are",
                "/experiments?stat%65=QUEUED&state=FAILED | 'state' is given more than once",
                "/experiments?size=5&size=5 | the query parameter 'size' is given more than once",
                "/experiments?sort=name&sort=state | 'sort' is given more than once",
                "/experiments?sise=1&naem=x | unknown query parameter 'sise'; did you mean 'size'?; unknown query parameter 'naem'",
                "/workers?x=1 | unknown query parameter 'x'; this operation has none"
            })
    void theFaultIsNamedWithTheNearestParameter(String request, String detail) {
        Answer answer = client.get(request);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().get("detail").asString()).contains(detail);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/metrics?wiat=3",
                "/metrics?wait=1&wait=0",
                "/comparison?basline=default",
                "/curves.svg?them=dark",
                "/curves.svg?metric=loss&metric=rocAuc",
                "/metrics.csv?wait=1",
                "/runs?page=1",
                "/events?lastEventId=3"
            })
    void everyOperationHasOnlyItsOwn(String rest) {
        assertThat(client.get(path + rest).status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/experiments?",
                "/experiments?&",
                "/experiments?state=queued",
                "/experiments?state=Queued&sort=CREATEDAT,DESC",
                "/experiments?%73tate=queued",
                "/experiments?state=",
                "/experiments?dataset=DIGITS&architecture=EfficientNet_B1"
            })
    void namesOfAListAreTakenInAnyCase(String request) {
        Answer answer = client.get(request);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().get("content").size()).isPositive();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/curves.svg?theme=DARK&metric=ROCAUC",
                "/curves.svg?metric=Loss,rocauc",
                "/curves.svg?x=Step",
                "/comparison?baseline=DEFAULT&metric=RocAuc&margin=2e-2",
                "/comparison?metric=&margin="
            })
    void soAreThoseOfAnExperimentsParts(String rest) {
        assertThat(client.get(path + rest).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "/experiments?state=done | 'state' must be one of QUEUED, RUNNING, PAUSED, SUCCEEDED, FAILED, CANCELLED.",
                "/experiments?sort=size | sort must be one of createdAt, startedAt,",
                "{}/curves.png?theme=blue | 'theme' must be one of light, dark.",
                "{}/curves.png?metric=loss,f1 | 'metric' must be one of loss, rocAuc, prAuc, brier, objective, meanProbability, ece.",
                "{}/curves.png?x=time | 'x' must be one of epoch, step.",
                "{}/comparison?metric=brier | 'metric' must be one of loss, objective, rocAuc, prAuc.",
                "{}/comparison?margin=0 | margin must be a number above 0",
                "{}/comparison?margin=-0.1 | margin must be a number above 0",
                "{}/comparison?margin=Infinity | 'margin' must be a number such as 0.01",
                "{}/comparison?margin=NaN | 'margin' must be a number such as 0.01",
                "{}/comparison?margin=wide | 'margin'",
                "{}/comparison?baseline=zeros | the arms are default, positive_rate"
            })
    void othersAreRefusedWithTheList(String request, String detail) {
        Answer answer = client.get(request.replace("{}", path));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().get("detail").asString()).contains(detail);
    }
}
