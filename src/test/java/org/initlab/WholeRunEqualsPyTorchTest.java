package org.initlab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.io.IOException;
import org.initlab.platform.InitLabProperties;
import org.initlab.platform.ServiceTest;
import org.initlab.training.network.TrainingSteps;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;

/** A run posted over HTTP gives PyTorch's losses; {@code golden/http_run.py} computed the numbers. */
@ServiceTest
@TestPropertySource(properties = "initlab.roles=api,worker")
class WholeRunEqualsPyTorchTest {
    private static final double[] TRAIN_LOSSES = {
        Double.NaN, 0.609158456325531, 0.2830866277217865, 0.26225584745407104, 0.2628087103366852, 0.20984511077404022
    };
    private static final double[] TEST_LOSSES = {
        0.5201958405295433,
        0.5162495429645547,
        0.5137747609855529,
        0.5117046918939198,
        0.50886796331163,
        0.5060009432266179
    };
    private static final double LAST_BIAS = -1.0095185041427612;
    /** From the second step on, PyTorch's own differ by a tenth between NCHW and channels-last; ResNet-18's do not. */
    private static final double BFLOAT16_FIRST_TRAIN_LOSS = 0.6129750609397888;

    private static final double[] BFLOAT16_TEST_LOSSES = {
        0.5202862725861461,
        0.5164338492600026,
        0.5136643732314816,
        0.5112028065214295,
        0.5088949554263932,
        0.5068772347468198
    };

    @LocalServerPort
    int port;

    @Autowired
    InitLabProperties properties;

    @BeforeEach
    void files() throws IOException {
        GoldenRun.writeWeights(
                properties.home(), TrainingSteps.classifierWithoutNoise("efficientnet_b0"), 1.5, "run.safetensors");
        GoldenRun.writeData(properties.home());
    }

    @Test
    void fullBatchTrainingFromAWeightsFileGivesPyTorchsLosses() {
        JsonNode epochs = train("float32");

        assertThat(epochs.size()).isEqualTo(TEST_LOSSES.length);
        for (JsonNode row : epochs) {
            int epoch = row.get("epoch").asInt();
            assertThat(row.get("loss").asDouble()).isCloseTo(TEST_LOSSES[epoch], within(1e-3));
            if (epoch > 0) {
                assertThat(row.get("trainLoss").asDouble()).isCloseTo(TRAIN_LOSSES[epoch], within(1e-3));
            }
        }
        assertThat(epochs.at("/5/outputBias").asDouble()).isCloseTo(LAST_BIAS, within(1e-4));
    }

    @Test
    void inBfloat16ItGivesTheTestLossesOfPyTorchsAutocast() {
        JsonNode epochs = train("bfloat16");

        for (JsonNode row : epochs) {
            int epoch = row.get("epoch").asInt();
            double loss = row.get("loss").asDouble();
            assertThat(loss)
                    .isCloseTo(BFLOAT16_TEST_LOSSES[epoch], withinPercentage(2))
                    .isNotCloseTo(TEST_LOSSES[epoch], within(1e-6));
        }
        assertThat(epochs.at("/1/trainLoss").asDouble()).isCloseTo(BFLOAT16_FIRST_TRAIN_LOSS, withinPercentage(2));
    }

    private record Run(double[] trainLosses, double[] losses, double[] objectives, double lastBias) {}

    private static final Run FOCAL = new Run(
            new double[] {
                0.12719270586967468,
                0.04887491092085838,
                0.049150142818689346,
                0.03361150249838829,
                0.027306532487273216
            },
            new double[] {
                0.5201958405295433,
                0.516743124090616,
                0.5158540032093467,
                0.5159152339120165,
                0.5157382779005968,
                0.517155006536975
            },
            new double[] {
                0.048460206865805364,
                0.04846669099890956,
                0.048501231405356185,
                0.04849899210378668,
                0.048507882904751255,
                0.04845569725158793
            },
            -1.0045254230499268);
    private static final Run BALANCED_AND_SMOOTHED = new Run(
            new double[] {
                1.4304784536361694, 0.8043321371078491, 0.7195558547973633, 0.6333343982696533, 0.618492841720581
            },
            new double[] {
                0.5201958405295433,
                0.5175241557075742,
                0.5173270907757657,
                0.5179014391749445,
                0.5197586513714944,
                0.521740495419674
            },
            new double[] {
                1.4098094485365746,
                1.4234115047843248,
                1.4244898522342746,
                1.4213237396545781,
                1.411540744975371,
                1.401816514066548
            },
            -0.9935697317123413);
    private static final double[] CLIPPED_TEST_LOSSES = {
        0.5201958405295433,
        0.5168890986368488,
        0.5146953447455775,
        0.5132606718229407,
        0.5122256141360333,
        0.5114055780805209
    };
    private static final Run CLIPPED = new Run(
            new double[] {
                0.6091585755348206, 0.5556580424308777, 0.4450598955154419, 0.3650175631046295, 0.31664761900901794
            },
            CLIPPED_TEST_LOSSES,
            CLIPPED_TEST_LOSSES,
            -1.0003753900527954);

    @Test
    void focalLossGivesThemToo() {
        assertRun(FOCAL, 0.01, "\"loss\": {\"type\": \"focal\"}");
    }

    @Test
    void aBalancedWeightWithSmoothingGivesThemToo() {
        assertRun(
                BALANCED_AND_SMOOTHED, 0.003, "\"loss\": {\"positiveWeight\": \"balanced\", \"labelSmoothing\": 0.1}");
    }

    @Test
    void aCosineWithWarmUpAndClippingGivesThemToo() {
        assertRun(CLIPPED, 0.01, "\"schedule\": {\"type\": \"cosine\", \"warmupSteps\": 2}, \"clipGradientNorm\": 0.5");
    }

    private void assertRun(Run expected, double learningRate, String training) {
        JsonNode epochs = trainWith(learningRate, training);

        assertThat(epochs.size()).isEqualTo(expected.losses().length);
        for (JsonNode row : epochs) {
            int epoch = row.get("epoch").asInt();
            assertThat(row.get("loss").asDouble()).isCloseTo(expected.losses()[epoch], within(1e-4));
            assertThat(row.get("objective").asDouble()).isCloseTo(expected.objectives()[epoch], within(1e-4));
            if (epoch > 0) {
                assertThat(row.get("trainLoss").asDouble()).isCloseTo(expected.trainLosses()[epoch - 1], within(1e-3));
            }
        }
        assertThat(epochs.at("/5/outputBias").asDouble()).isCloseTo(expected.lastBias(), within(1e-4));
    }

    private JsonNode train(String precision) {
        return trainWith(0.01, "\"precision\": \"%s\"".formatted(precision));
    }

    private JsonNode trainWith(double learningRate, String training) {
        ServiceClient client = new ServiceClient(port);
        String path = client.submit(
                """
                {"dataset": {"name": "cifar10", "positiveClass": "frog"}, "trials": 1, "stepInterval": 1,
                 "model": {"architecture": "efficientnet_b0", "weights": "run.safetensors", "imageSize": 32,
                           "dropout": 0, "stochasticDepth": 0},
                 "biasInits": [{"type": "constant", "value": -1.0}],
                 "training": {"epochs": 5, "batchSize": 60, "optimizer": {"learningRate": %s}, %s}}"""
                        .formatted(learningRate, training));
        assertThat(client.awaitEnd(path).get("state").asString()).isEqualTo("SUCCEEDED");
        return client.get(path + "/metrics").body().at("/arms/0/trials/0/epochs");
    }
}
