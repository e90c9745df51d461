package org.initlab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.initlab.platform.ServiceTest;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;

/** The arms that depend on the objective or the network, from the spec to the metrics. */
@ServiceTest
@TestPropertySource(properties = "initlab.roles=api,worker")
class ArmsTest {
    /** Both splits have a positive rate of a quarter. */
    private static final String SPEC =
            """
            {"dataset": {"name": "synthetic", "trainLimit": 64, "testLimit": 32, "positiveRate": 0.25}, "trials": 2,
             "model": {"architecture": "resnet18", "imageSize": 16},
             "biasInits": [{"type": "default"}, {"type": "optimal", "headWeights": "zeros"}, {"type": "calibrated"}],
             "training": {"epochs": 1, "batchSize": 32, "sampling": "balanced", "clipGradientNorm": 1,
                          "loss": {"positiveWeight": 3}, "schedule": {"type": "cosine", "warmupSteps": 1}}}""";

    @LocalServerPort
    int port;

    @Test
    void anArmsNumbersAgreeFromTheSpecToTheMetrics() {
        ServiceClient client = new ServiceClient(port);
        String path = client.submit(SPEC);
        JsonNode experiment = client.awaitEnd(path);
        JsonNode arms = client.get(path + "/metrics").body().get("arms");

        assertThat(experiment.get("state").asString()).isEqualTo("SUCCEEDED");
        assertThat(arms.valueStream().map(arm -> arm.get("arm").asString()))
                .containsExactly("default", "optimal_zero_head", "calibrated");
        JsonNode start = arms.at("/1/trials/0/epochs/0");
        assertThat(start.get("outputBias").asDouble()).isCloseTo(Math.log(3), within(1e-6));
        assertThat(start.get("objective").asDouble())
                .isCloseTo(
                        experiment
                                .at("/expectedInitialObjective/optimalZeroHead")
                                .asDouble(),
                        within(1e-6));
        assertThat(start.get("loss").asDouble())
                .isCloseTo(experiment.at("/expectedInitialLoss/optimalZeroHead").asDouble(), within(1e-6));
        assertThat(start.get("rocAuc").asDouble()).isEqualTo(0.5);
        assertThat(arms.at("/2/biasInit/value").isNull()).isTrue();
        double first = arms.at("/2/trials/0/epochs/0/outputBias").asDouble();
        assertThat(arms.at("/2/trials/1/epochs/0/outputBias").asDouble()).isNotEqualTo(first);
        assertThat(arms.at("/2/trials/0/epochs/0/meanProbability").asDouble()).isCloseTo(0.25, within(0.1));
        assertThat(client.get(path + "/runs").body().at("/4/biasValue").asDouble())
                .isEqualTo(first);
    }
}
