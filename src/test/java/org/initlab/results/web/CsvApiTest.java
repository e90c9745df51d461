package org.initlab.results.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.initlab.ServiceClient;
import org.initlab.platform.ServiceTest;
import org.initlab.results.Measurements;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

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
