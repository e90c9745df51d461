package org.initlab.experiment.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

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

/** What is trained, as a spec asks for it and as it is answered. */
@ServiceTest
class TrainingPartTest {
    @LocalServerPort
    int port;

    ServiceClient client;

    @BeforeEach
    void connect() {
        client = new ServiceClient(port);
    }

    @Test
    void whatIsLeftOutIsShownWithItsDefault() {
        JsonNode training = post("{}").body().at("/spec/training");

        assertThat(training.get("loss"))
                .hasToString("{\"type\":\"bce\",\"positiveWeight\":1.0,\"labelSmoothing\":0.0}");
        assertThat(training.get("sampling").asString()).isEqualTo("natural");
        assertThat(training.get("schedule"))
                .hasToString(
                        "{\"type\":\"constant\",\"warmupSteps\":0,\"epochs\":null,\"milestones\":[],\"factor\":0.1}");
        assertThat(training.has("clipGradientNorm")).isTrue();
        assertThat(training.get("clipGradientNorm").isNull()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                """
                {"loss": {"type": "bce", "positiveWeight": "balanced", "labelSmoothing": 0.1},
                 "schedule": {"type": "cosine", "warmupSteps": 10, "epochs": 30}, "clipGradientNorm": 1}""",
                """
                {"loss": {"type": "focal", "gamma": 1.5, "alpha": "none"}, "sampling": "balanced",
                 "schedule": {"type": "step", "milestones": [2, 4], "factor": 0.5}}"""
            })
    void aResolvedSpecCanBePostedAgain(String training) {
        JsonNode spec = post(training).body().get("spec");
        Answer again = client.post("/experiments", spec.toString());

        assertThat(again.status()).isEqualTo(201);
        assertThat(again.body().get("spec")).isEqualTo(spec);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            {"loss": {"type": "bse"}}                | /loss/type | must be one of bce, focal; did you mean 'bce'?
            {"loss": {"gamma": 2}}                   | /loss/gamma | only applies to the type focal
            {"loss": {"positiveWeight": "balance"}}  | /loss/positiveWeight | must be a number or 'balanced'; did you mean 'balanced'?
            {"loss": {"positiveWeight": 0}}          | /loss/positiveWeight | must be greater than 0
            {"loss": {"labelSmoothing": 1.1}}        | /loss/labelSmoothing | must be less than or equal to 1
            {"loss": {"type": "focal", "alpha": 2}}  | /loss/alpha | must be less than or equal to 1
            {"loss": {"type": "focal", "gamma": -1}} | /loss/gamma | must be greater than or equal to 0
            {"sampling": "balance"}                  | /sampling | must be one of natural, balanced; did you mean 'balanced'?
            {"schedule": {"type": "cosin"}}          | /schedule/type | must be one of constant, linear, cosine, step; did you mean 'cosine'?
            {"schedule": {"warmUpSteps": 3}}         | /schedule/warmUpSteps | unknown field 'warmUpSteps'; did you mean 'warmupSteps'?
            {"schedule": {"warmupSteps": -1}}        | /schedule/warmupSteps | must be between 0 and 100000000
            {"schedule": {"type": "step", "epochs": 3}} | /schedule/epochs | only applies to the types linear and cosine
            {"schedule": {"milestones": [3]}}        | /schedule/milestones | only applies to the type step
            {"schedule": {"factor": 0.5}}            | /schedule/factor | only applies to the type step
            {"schedule": {"type": "step", "milestones": [1, 0]}} | /schedule/milestones/1 | must be between 1 and 1000
            {"clipGradientNorm": 0}                  | /clipGradientNorm | must be greater than 0
            """)
    void aFaultIsNamedWithItsPlace(String training, String pointer, String detail) {
        Answer answer = post(training);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().at("/errors").size()).isEqualTo(1);
        assertThat(answer.body().at("/errors/0/pointer").asString()).isEqualTo("/training" + pointer);
        assertThat(answer.body().at("/errors/0/detail").asString()).isEqualTo(detail);
    }

    @Test
    void aWarmUpAsLongAsTheTrainingIsAWarning() {
        String warmUp = "{\"epochs\": 2, \"batchSize\": 64, \"schedule\": {\"warmupSteps\": %d}}";

        JsonNode experiment = post(warmUp.formatted(1_000_000)).body();
        assertThat(experiment.at("/warnings/0").asString())
                .matches("training.schedule.warmupSteps is 1,000,000, and the training has [0-9]+ steps, so .*");
        assertThat(post(warmUp.formatted(1)).body().get("warnings")).isEmpty();
    }

    @Test
    void bothBalancedAtOnceIsAWarning() {
        String weighted = "{\"sampling\": \"%s\", \"loss\": {\"positiveWeight\": %s}}";

        assertThat(post(weighted.formatted("balanced", "\"balanced\""))
                        .body()
                        .at("/warnings/0")
                        .asString())
                .contains("both balanced");
        assertThat(post(weighted.formatted("balanced", "9")).body().get("warnings"))
                .isEmpty();
        assertThat(post(weighted.formatted("natural", "\"balanced\"")).body().get("warnings"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"linear", "cosine"})
    void aRateThatFallsOverTheExperimentsEpochsForbidsMoreOfThem(String type) {
        String open = self(post("{\"epochs\": 2, \"schedule\": {\"type\": \"%s\"}}".formatted(type)));
        String fixed = self(post("{\"epochs\": 2, \"schedule\": {\"type\": \"%s\", \"epochs\": 9}}".formatted(type)));

        Answer refused = client.post(open + "/extend", "{\"epochs\": 3}");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.body().get("detail").asString()).contains("training.schedule.epochs");
        assertThat(client.post(open + "/extend", "{\"epochs\": 2}").status()).isEqualTo(200);
        assertThat(client.post(fixed + "/extend", "{\"epochs\": 3}").status()).isEqualTo(200);
        assertThat(client.get(open).body().at("/spec/training/epochs").asInt()).isEqualTo(2);
        assertThat(client.get(open).body().at("/spec/training/schedule/epochs").isNull())
                .isTrue();
    }

    @Test
    void theArmsAreShownWithTheirLossAndObjectiveBeforeTheFirstStep() {
        JsonNode experiment = client.post(
                        "/experiments",
                        """
                        {"dataset": {"name": "digits", "positiveClass": "0", "positiveRate": 0.05}, "trials": 1,
                         "training": {"loss": {"positiveWeight": 9}},
                         "biasInits": [{"type": "default", "headWeights": "zeros"}, {"type": "optimal"}, {"type": "calibrated"}]}""")
                .body();
        double p = experiment.at("/dataset/trainPositiveRate").asDouble();
        double optimum = Math.log(9 * p / (1 - p));
        JsonNode loss = experiment.get("expectedInitialLoss");
        JsonNode objective = experiment.get("expectedInitialObjective");

        assertThat(loss.propertyNames()).containsExactly("defaultZeroHead", "optimal", "calibrated");
        assertThat(objective.propertyNames()).isEqualTo(loss.propertyNames());
        assertThat(loss.get("defaultZeroHead").asDouble()).isCloseTo(Math.log(2), within(1e-12));
        assertThat(loss.get("calibrated").asDouble())
                .isCloseTo(-p * Math.log(p) - (1 - p) * Math.log1p(-p), within(1e-12));
        assertThat(objective.get("optimal").asDouble())
                .isCloseTo(
                        9 * p * Math.log1p(Math.exp(-optimum)) + (1 - p) * Math.log1p(Math.exp(optimum)),
                        within(1e-12));
        JsonNode arms =
                client.get(experiment.at("/links/metrics").asString()).body().get("arms");
        assertThat(arms.at("/0/arm").asString()).isEqualTo("default_zero_head");
        assertThat(arms.at("/0/biasInit"))
                .hasToString("{\"type\":\"default\",\"value\":null,\"headWeights\":\"zeros\"}");
        assertThat(arms.at("/1/biasInit/value").asDouble()).isCloseTo(optimum, within(1e-12));
        assertThat(arms.at("/2/biasInit")).hasToString("{\"type\":\"calibrated\",\"value\":null}");
    }

    @Test
    void anOptimalBiasForOneClassOnlyIsRefused() {
        Answer answer = client.post(
                "/experiments",
                """
                {"dataset": {"name": "digits"}, "training": {"loss": {"type": "focal", "alpha": 0}},
                 "biasInits": [{"type": "default"}, {"type": "optimal"}]}""");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().at("/errors/0/pointer").asString()).isEqualTo("/biasInits/1/type");
    }

    private static String self(Answer submitted) {
        return submitted.body().at("/links/self").asString();
    }

    private Answer post(String training) {
        return client.post(
                "/experiments",
                "{\"dataset\": {\"name\": \"digits\"}, \"trials\": 1, \"training\": %s}".formatted(training));
    }
}
