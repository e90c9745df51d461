package org.initlab.results.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.UUID;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.initlab.ServiceClient;
import org.initlab.ServiceClient.Answer;
import org.initlab.platform.ServiceTest;
import org.initlab.results.Measurements;
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
class CsvApiTest {
    @LocalServerPort
    int port;

    @Autowired
    JdbcClient jdbc;

    private String path;

    @BeforeEach
    void submit() {
        path = new ServiceClient(port)
                .submit(
                        """
                {"dataset": {"name": "digits", "positiveClass": "0"}, "model": {"imageSize": 32}, "trials": 2,
                 "training": {"epochs": 2}}""");
        new Measurements(jdbc).finish(path, 20);
    }

    @Test
    void theMetricsAreARowAnEpochUnderTheReferencesNames() throws Exception {
        jdbc.sql("update epoch set loss = null where epoch = 2").update();

        HttpResponse<String> answer = get("/metrics.csv", "*/*");

        assertThat(answer.body().lines().findFirst())
                .hasValue("trial_idx,type,n_epochs,loss,roc_auc,output_bias_value,train_loss,pr_auc,brier,run_id,seed,"
                        + "objective,mean_probability,ece,rows_per_second");
        List<CSVRecord> rows = rows(answer);
        assertThat(rows).hasSize(12);
        CSVRecord last = rows.get(11);
        assertThat(last.get("trial_idx")).isEqualTo("1");
        assertThat(last.get("type")).isEqualTo("positive_rate");
        assertThat(last.get("n_epochs")).isEqualTo("2");
        assertThat(last.get("loss")).isEmpty();
        assertThat(Double.parseDouble(last.get("roc_auc"))).isBetween(0.0, 1.0);
        assertThat(last.get("seed")).isEqualTo("43");
        assertThat(rows.get(0).get("train_loss")).isEmpty();
        assertThat(rows.get(0).get("rows_per_second")).isEmpty();
        assertThat(last.get("rows_per_second")).isEqualTo("400.0");
        assertThat(Double.parseDouble(rows.get(0).get("objective"))).isCloseTo(0.16, within(1e-9));
        assertThat(rows.get(0).get("mean_probability")).isEqualTo("0.5");
        assertThat(rows.get(0).get("ece")).isEqualTo("0.4");
    }

    @Test
    void theStepsAreARowAKeptStep() throws Exception {
        List<CSVRecord> rows = rows(get("/steps.csv", "text/csv"));

        assertThat(rows).hasSize(16);
        assertThat(rows.get(3).toMap())
                .containsEntry("type", "default")
                .containsEntry("epoch", "2")
                .containsEntry("step", "30")
                .containsEntry("trial_idx", "0");
    }

    @ParameterizedTest
    @CsvSource({
        "/metrics, text/csv, text/csv",
        "/metrics, application/json, application/json",
        "/metrics, */*, application/json",
        "/metrics, 'text/html,application/xhtml+xml,*/*;q=0.8', application/json",
        "/metrics.csv, */*, text/csv",
        "/metrics.csv, text/csv, text/csv"
    })
    void metricsComeAsCsvToThoseWhoAskForIt(String resource, String accept, String type) throws Exception {
        HttpResponse<String> answer = get(resource, accept);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith(type);
        assertThat(answer.headers().firstValue("Content-Disposition").isPresent())
                .isEqualTo(type.equals("text/csv"));
    }

    @Test
    void theFileIsNamedAndNotSentTwice() throws Exception {
        HttpResponse<String> first = get("/metrics", "text/csv");
        HttpRequest again = HttpRequest.newBuilder(uri("/metrics"))
                .header("Accept", "text/csv")
                .header("If-None-Match", first.headers().firstValue("ETag").orElseThrow())
                .build();

        assertThat(first.headers().firstValue("Content-Disposition").orElseThrow())
                .isEqualTo("attachment; filename=\"metrics-" + path.substring("/experiments/".length()) + ".csv\"");
        assertThat(send(again).statusCode()).isEqualTo(304);
        assertThat(get("/metrics", "application/json").headers().firstValue("ETag"))
                .isNotEqualTo(first.headers().firstValue("ETag"));
    }

    /** {@link org.initlab.TakenAlong} is for what there is. */
    @ParameterizedTest
    @ValueSource(strings = {"weights.safetensors", "predictions.csv"})
    void whatIsNotThereToTakeAlongIsSaidToBeGoneOrYetToCome(String file) {
        ServiceClient client = new ServiceClient(port);
        String queued = client.submit("{\"dataset\": {\"name\": \"digits\"}, \"trials\": 1}");
        JsonNode run = client.get(path + "/runs").body().get(0);
        String gone = "/runs/" + run.get("id").asString() + "/" + file;

        Answer unknown = client.get(queued + gone);
        assertThat(unknown.status()).isEqualTo(404);
        Answer yet = client.get(queued + "/runs/"
                + client.get(queued + "/runs").body().at("/0/id").asString() + "/" + file);
        assertThat(yet.status()).isEqualTo(404);
        assertThat(yet.body().get("detail").asString())
                .contains("no checkpoint yet; the first one comes after epoch 0");
        Answer removed = client.get(path + gone);
        assertThat(removed.status()).isEqualTo(409);
        assertThat(removed.body().get("detail").asString()).contains("have been removed");

        jdbc.sql("insert into checkpoint (run_id, epoch, step, file, sha256, committed_at)"
                        + " values (?, 2, 0, 'elsewhere.safetensors', repeat('a', 64), now())")
                .param(UUID.fromString(run.get("id").asString()))
                .update();
        Answer elsewhere = client.get(path + gone);
        assertThat(elsewhere.status()).isEqualTo(409);
        assertThat(elsewhere.body().get("detail").asString())
                .contains("after epoch 2 is not on this host", "initlab.checkpoint.folder");
    }

    private static List<CSVRecord> rows(HttpResponse<String> answer) throws IOException {
        try (CSVParser parser = CSVParser.parse(
                answer.body(),
                CSVFormat.DEFAULT
                        .builder()
                        .setHeader()
                        .setSkipHeaderRecord(true)
                        .get())) {
            return parser.getRecords();
        }
    }

    private HttpResponse<String> get(String resource, String accept) throws Exception {
        return send(
                HttpRequest.newBuilder(uri(resource)).header("Accept", accept).build());
    }

    private URI uri(String resource) {
        return URI.create("http://127.0.0.1:" + port + path + resource);
    }

    private static HttpResponse<String> send(HttpRequest request) throws Exception {
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }
}
