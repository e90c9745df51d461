package org.initlab.training.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.initlab.training.objective.LossSpec;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** How the variants of a spec are stored and served; bias initialisations and optimizers as in the first release. */
class VariantJsonTest {
    /** As Hibernate reads what is stored: an unknown field is an error. */
    private final JsonMapper json = JsonMapper.builderWithJackson2Defaults().build();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"default\"}",
                "{\"type\":\"zeros\"}",
                "{\"type\":\"positive_rate\"}",
                "{\"type\":\"positive_rate\",\"rate\":0.01}",
                "{\"type\":\"constant\",\"value\":-2.2}",
                "{\"type\":\"default\",\"headWeights\":\"zeros\"}",
                "{\"type\":\"positive_rate\",\"rate\":0.01,\"headWeights\":\"zeros\"}",
                "{\"type\":\"optimal\"}",
                "{\"type\":\"calibrated\"}"
            })
    void aBiasInitialisationIsReadAndWrittenAsBefore(String stored) {
        assertThat(json.writeValueAsString(json.readValue(stored, BiasInit.class)))
                .isEqualTo(stored);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"sgd\",\"learningRate\":1.0E-4,\"momentum\":0.9,\"weightDecay\":0.0}",
                "{\"type\":\"adam\",\"learningRate\":0.001,\"momentum\":null,\"weightDecay\":0.0}",
                "{\"type\":\"adamw\",\"learningRate\":0.001,\"momentum\":null,\"weightDecay\":0.01}"
            })
    void anOptimizerIsReadAndWrittenAsBefore(String stored) {
        assertThat(json.writeValueAsString(json.readValue(stored, OptimizerSpec.class)))
                .isEqualTo(stored);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"bce\",\"positiveWeight\":9.0,\"labelSmoothing\":0.0}",
                "{\"type\":\"bce\",\"positiveWeight\":\"balanced\",\"labelSmoothing\":0.1}",
                "{\"type\":\"focal\",\"gamma\":2.0,\"alpha\":0.25}",
                "{\"type\":\"focal\",\"gamma\":2.0,\"alpha\":\"none\"}"
            })
    void aLossIsReadAsItWasWritten(String stored) {
        assertThat(json.writeValueAsString(json.readValue(stored, LossSpec.class)))
                .isEqualTo(stored);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"type\":\"rmsprop\"}", "{\"type\":\"adam\",\"beta\":1}"})
    void whatALaterReleaseStoredIsNotReadAsSomethingElse(String later) {
        assertThatThrownBy(() -> json.readValue(later, OptimizerSpec.class)).hasMessageContaining("not");
    }
}
