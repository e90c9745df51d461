package org.initlab.results.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.initlab.ServiceClient;
import org.initlab.ServiceClient.Answer;
import org.initlab.platform.ServiceTest;
import org.initlab.results.Measurements;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

@ServiceTest
class ComparisonApiTest {
    private static final int STEPS_PER_EPOCH = 15; // of 1,000 rows in batches of 64, rounded down for those cut off

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
    void aFinishedExperimentIsComparedEpochByEpochAndJudged() {
        String path = client.submit(spec("{\"type\": \"default\"}, {\"type\": \"positive_rate\"}"));
        new Measurements(jdbc).finish(path, STEPS_PER_EPOCH);

        JsonNode comparison = client.get(path + "/comparison").body();

        assertThat(comparison.get("state").asString()).isEqualTo("SUCCEEDED");
        assertThat(comparison.get("baseline").asString()).isEqualTo("default");
        assertThat(comparison.at("/constantPredictor/rocAuc").asDouble()).isEqualTo(0.5);
        assertThat(comparison.get("published").isNull()).isTrue();
        assertThat(comparison.get("arms").size()).isEqualTo(1);
        JsonNode arm = comparison.at("/arms/0");
        assertThat(arm.get("arm").asString()).isEqualTo("positive_rate");
        assertThat(arm.get("epochs").size()).isEqualTo(4);
        assertThat(arm.at("/epochs/0/pairs").asInt()).isEqualTo(6);
        assertThat(arm.at("/epochs/0/loss").propertyNames())
                .containsExactly(
                        "pairs",
                        "mean",
                        "ciLow",
                        "ciHigh",
                        "bootstrapLow",
                        "bootstrapHigh",
                        "tTestP",
                        "tTestPAdjusted",
                        "wilcoxonP",
                        "wilcoxonPAdjusted",
                        "effectSize");
        assertThat(arm.at("/epochs/0/loss/mean").asDouble()).isBetween(-0.37, -0.34);
        assertThat(arm.at("/epochs/0/objective").propertyNames())
                .containsExactlyElementsOf(arm.at("/epochs/0/loss").propertyNames());
        assertThat(arm.at("/epochs/0/objective/mean").asDouble()).isBetween(-0.01, 0.01);
        assertThat(arm.at("/headStart/interpolation").asString()).isEqualTo("steps");
        assertThat(arm.at("/headStart/reached/0/baselineSteps").asInt()).isBetween(1, 20);
        assertThat(arm.at("/verdict/text").asString()).contains("positive_rate").contains("6 pairs");
    }

    @Test
    void theVerdictIsAboutTheMetricAndMarginAskedFor() {
        String path =
                client.submit(spec("{\"type\": \"default\"}, {\"type\": \"positive_rate\"}, {\"type\": \"zeros\"}"));
        new Measurements(jdbc).finish(path, STEPS_PER_EPOCH);

        JsonNode usual = client.get(path + "/comparison").body();
        JsonNode areas = client.get(path + "/comparison?metric=ROCAUC").body();
        JsonNode wide = client.get(path + "/comparison?metric=prAuc&margin=0.9").body();

        double rate = usual.at("/constantPredictor/prAuc").asDouble();
        double entropy = -rate * Math.log(rate) - (1 - rate) * Math.log1p(-rate);
        assertThat(usual.get("metric").asString()).isEqualTo("loss");
        assertThat(usual.get("margin").asDouble()).isCloseTo(0.05 * entropy, within(1e-12));
        assertThat(usual.at("/arms/0/equivalence/margin")).isEqualTo(usual.get("margin"));
        assertThat(usual.at("/arms/0/interval/level").asDouble()).isEqualTo(0.975);
        assertThat(usual.at("/arms/0/signFlipP").asDouble() * 32)
                .isEqualTo(Math.rint(usual.at("/arms/0/signFlipP").asDouble() * 32));
        assertThat(usual.at("/arms/0/trialsNeeded").asInt()).isGreaterThanOrEqualTo(3);
        assertThat(areas.get("metric").asString()).isEqualTo("rocAuc");
        assertThat(areas.get("margin").asDouble()).isEqualTo(0.01);
        assertThat(areas.at("/arms/0/verdict/summary").asString()).contains("ROC-AUC");
        assertThat(wide.get("margin").asDouble()).isEqualTo(0.9);
        assertThat(wide.at("/arms/0/equivalence/shown").asBoolean()).isTrue();
    }

    @Test
    void aTestSplitOfOneClassHasNoMarginUnlessOneIsGiven() {
        String path = client.submit(spec("{\"type\": \"default\"}, {\"type\": \"zeros\"}"));
        jdbc.sql("update experiment set task = jsonb_set(task, '{testPositiveRate}', '0') where id = cast(? as uuid)")
                .param(path.substring("/experiments/".length()))
                .update();
        new Measurements(jdbc).finish(path, STEPS_PER_EPOCH);

        JsonNode none = client.get(path + "/comparison").body();
        JsonNode given = client.get(path + "/comparison?margin=0.02").body();

        assertThat(none.get("margin").isNull()).isTrue();
        assertThat(none.at("/arms/0/equivalence").isNull()).isTrue();
        assertThat(none.at("/arms/0/trialsNeeded").isNull()).isTrue();
        assertThat(given.at("/arms/0/equivalence/margin").asDouble()).isEqualTo(0.02);
    }

    @Test
    void withAnotherObjectiveTheHeadStartGoesByEpochs() {
        String path = client.submit(spec("{\"type\": \"default\"}, {\"type\": \"positive_rate\"}")
                .replace("\"training\": {", "\"training\": {\"loss\": {\"type\": \"bce\", \"positiveWeight\": 9}, "));
        new Measurements(jdbc).finish(path, STEPS_PER_EPOCH);

        JsonNode comparison = client.get(path + "/comparison").body();

        assertThat(comparison.at("/arms/0/headStart/interpolation").asString()).isEqualTo("epochs");
        JsonNode constant = comparison.get("constantPredictor");
        double rate = constant.get("positiveRate").asDouble();
        double share = constant.get("prAuc").asDouble();
        // the best constant says 9 p / (9 p + 1 - p)
        double weighted = 9 * rate / (1 + 8 * rate);
        assertThat(constant.get("objective").asDouble())
                .isCloseTo(-9 * share * Math.log(weighted) - (1 - share) * Math.log1p(-weighted), within(1e-12));
        assertThat(client.get(path + "/metrics").body().get("constantPredictor"))
                .isEqualTo(constant);
        JsonNode byObjective = client.get(path + "/comparison?metric=objective").body();
        assertThat(byObjective.at("/arms/0/headStart/metric").asString()).isEqualTo("objective");
        assertThat(byObjective.at("/arms/0/headStart/interpolation").asString()).isEqualTo("steps");
    }

    @Test
    void withResampledRowsTheHeadStartGoesByEpochs() {
        String path = client.submit(spec("{\"type\": \"default\"}, {\"type\": \"zeros\"}")
                .replace("\"training\": {", "\"training\": {\"sampling\": \"balanced\", "));
        new Measurements(jdbc).finish(path, STEPS_PER_EPOCH);

        JsonNode comparison = client.get(path + "/comparison").body();

        assertThat(comparison.at("/arms/0/headStart/interpolation").asString()).isEqualTo("epochs");
        assertThat(client.get(path + "/comparison?metric=objective")
                        .body()
                        .at("/arms/0/headStart/interpolation")
                        .asString())
                .isEqualTo("epochs");
    }

    @Test
    void anyArmCanBeTheBaseline() {
        String path = client.submit(spec("{\"type\": \"zeros\"}, {\"type\": \"positive_rate\"}"));

        assertThat(client.get(path + "/comparison").body().get("baseline").asString())
                .isEqualTo("zeros");
        assertThat(client.get(path + "/comparison?baseline=positive_rate")
                        .body()
                        .at("/arms/0/arm")
                        .asString())
                .isEqualTo("zeros");
        Answer unknown = client.get(path + "/comparison?baseline=default");
        assertThat(unknown.status()).isEqualTo(400);
        assertThat(unknown.body().get("detail").asString())
                .isEqualTo("there is no arm 'default'; the arms are zeros, positive_rate");
        assertThat(client.get("/experiments/00000000-0000-7000-8000-000000000000/comparison")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void anExperimentThatWaitsIsComparedWithoutNumbers() {
        String path = client.submit(spec("{\"type\": \"default\"}, {\"type\": \"zeros\"}"));

        JsonNode arm = client.get(path + "/comparison").body().at("/arms/0");

        assertThat(arm.at("/verdict/code").asString()).isEqualTo("STILL_RUNNING");
        assertThat(arm.get("epochs").isEmpty()).isTrue();
        assertThat(arm.at("/crossover/loss/epoch").isNull()).isTrue();
    }

    @Test
    void aComparisonIsSentAgainOnlyIfItHasChanged() {
        String path = client.submit(spec("{\"type\": \"default\"}, {\"type\": \"zeros\"}"));
        String etag = client.get(path + "/comparison").header("ETag");

        assertThat(client.get(path + "/comparison", "If-None-Match", etag).status())
                .isEqualTo(304);
        new Measurements(jdbc).finish(path, STEPS_PER_EPOCH);
        Answer changed = client.get(path + "/comparison", "If-None-Match", etag);
        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.body().at("/arms/0/epochs").size()).isEqualTo(4);
    }

    @Test
    void anExperimentOfAReferencePresetIsHeldToThePublishedCurves() {
        String preset = client.get("/presets/reference_scratch").raw().body();
        String path = client.submit(preset.replaceFirst("\"trials\":10", "\"trials\":2"));
        String task = client.submit(spec("{\"type\": \"default\"}"));
        jdbc.sql(
                        "update experiment set task = (select task from experiment where id = cast(? as uuid)) where id = cast(? as uuid)")
                .params(task.substring("/experiments/".length()), path.substring("/experiments/".length()))
                .update();
        new Measurements(jdbc).finish(path, 782);

        JsonNode published = client.get(path + "/comparison").body().get("published");

        assertThat(published.get("preset").asString()).isEqualTo("reference_scratch");
        JsonNode arm = published.at("/arms/0");
        assertThat(arm.get("arm").asString()).isEqualTo("default");
        assertThat(arm.get("epochs").size()).isEqualTo(6);
        // 0.68 plus noise of up to 0.004, and 0.693
        assertThat(arm.at("/epochs/0/loss").asDouble()).isBetween(-0.018, -0.008);
        assertThat(arm.get("largestLoss").asDouble()).isPositive();
    }

    private static String spec(String arms) {
        return """
                {"dataset": {"name": "digits", "positiveClass": "0", "trainLimit": 1000}, "model": {"imageSize": 32},
                 "biasInits": [%s], "trials": 6, "training": {"epochs": 3}}"""
                .formatted(arms);
    }
}
