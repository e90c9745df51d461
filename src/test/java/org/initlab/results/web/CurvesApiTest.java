package org.initlab.results.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import javax.imageio.ImageIO;
import org.initlab.ServiceClient;
import org.initlab.ServiceClient.Answer;
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
class CurvesApiTest {
    @LocalServerPort
    int port;

    @Autowired
    JdbcClient jdbc;

    private ServiceClient client;
    private String path;

    @BeforeEach
    void submit() {
        client = new ServiceClient(port);
        path = client.submit(
                """
                {"name": "zero <or> not", "dataset": {"name": "digits", "positiveClass": "0"}, "model": {"imageSize": 32},
                 "trials": 2, "training": {"epochs": 3}}""");
    }

    @Test
    void theCurvesAreAnSvgWithTheArmsByName() throws Exception {
        new Measurements(jdbc).finish(path, 20);

        HttpResponse<byte[]> answer = get("/curves.svg");

        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("image/svg+xml");
        assertThat(text(answer))
                .contains(
                        ">zero &lt;or&gt; not<", ">default<", ">positive_rate<", ">Test loss (nats)<", ">Test ROC-AUC<")
                .doesNotContain("published");
        assertThat(text(get("/curves.svg?metric=rocAuc"))).doesNotContain("Test loss");
        assertThat(text(get("/curves.svg?metric=objective,meanProbability,ece,prAuc,brier")))
                .contains(
                        ">Test objective (nats)<",
                        ">Mean probability, test<",
                        ">Test calibration error<",
                        ">Test average precision<",
                        ">Test Brier score<",
                        ">constant predictor<");
    }

    @Test
    void theCurvesAreAPngOfTheSizeAskedFor() throws Exception {
        new Measurements(jdbc).finish(path, 20);

        HttpResponse<byte[]> answer = get("/curves.png?width=640&height=300&theme=dark");

        assertThat(answer.headers().firstValue("Content-Type")).hasValue("image/png");
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(answer.body()));
        assertThat(image.getWidth()).isEqualTo(640);
        assertThat(image.getHeight()).isEqualTo(300);
        assertThat(image.getRGB(0, 0)).isEqualTo(0xFF0D1117);
    }

    @Test
    void theTrainingLossIsDrawnByStep() throws Exception {
        new Measurements(jdbc).finish(path, 20);

        assertThat(text(get("/curves.svg?x=step")))
                .contains(">step<", ">Training loss of single batches (nats)<", ">95 % interval of the mean<");
    }

    @Test
    void anExperimentThatWaitsHasAPictureThatSaysSo() throws Exception {
        assertThat(text(get("/curves.svg"))).contains("No epoch is finished yet.");
        assertThat(text(get("/curves.svg?x=step"))).contains("No epoch is finished yet.");
    }

    @Test
    void anExperimentOfAReferencePresetShowsThePublishedCurves() throws Exception {
        path = client.submit(client.get("/presets/reference_convergence").raw().body());
        new Measurements(jdbc).finish(path, 782);

        assertThat(text(get("/curves.svg"))).contains(">published (thin)<");
    }

    @Test
    void aPictureIsSentAgainOnlyIfItHasChanged() throws Exception {
        String etag = get("/curves.png").headers().firstValue("ETag").orElseThrow();

        assertThat(get("/curves.png", "If-None-Match", etag).statusCode()).isEqualTo(304);
        new Measurements(jdbc).finish(path, 20);
        assertThat(get("/curves.png", "If-None-Match", etag).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "width=10 | width must be between 240 and 2400 pixels",
                "height=2401 | height must be between 200 and 2400 pixels",
                "width=wide | 'width' must be a whole number.",
                "theme=blue | 'theme' must be one of light, dark.",
                "x=time | 'x' must be one of epoch, step.",
                "metric=accuracy | 'metric' must be one of loss, rocAuc, prAuc, brier, objective, meanProbability, ece.",
                "metric= | metric must be one or more of loss, rocAuc, prAuc, brier, objective, meanProbability and ece, separated by commas",
                "x=step&metric=rocAuc | x=step draws only the training loss; leave metric out"
            })
    void aPictureThatCannotBeDrawnIsRefusedWithTheReason(String query, String reason) {
        Answer answer = client.get(path + "/curves.svg?" + query);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().get("detail").asString()).isEqualTo(reason);
    }

    private static String text(HttpResponse<byte[]> answer) {
        assertThat(answer.statusCode()).isEqualTo(200);
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    private HttpResponse<byte[]> get(String resource, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path + resource));
        return HttpClient.newHttpClient()
                .send(
                        headers.length == 0
                                ? request.build()
                                : request.headers(headers).build(),
                        HttpResponse.BodyHandlers.ofByteArray());
    }
}
