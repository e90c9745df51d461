package org.initlab.training.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.initlab.training.engine.Garbage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** The losses against PyTorch's and torchvision's, as far as logits go; {@code golden/objectives.py} computed the numbers. */
class ObjectivesTest {
    private static final double NO_MATTER = 0.3;

    private record File(String torch, float[] logits, float[] labels, List<Case> cases) {}

    private record Case(LossSpec spec, double[] losses, double mean, double[] gradient) {
        @Override
        public String toString() {
            return spec.toString();
        }
    }

    private static File file() {
        try (InputStream stream = ObjectivesTest.class.getResourceAsStream("/golden/objectives.json")) {
            return JsonMapper.builder().build().readValue(stream, File.class);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Case> cases() {
        return file().cases();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aBatchsMeanAndItsGradientArePyTorchs(Case golden) {
        File file = file();
        try (NDManager manager = NDManager.newBaseManager(Device.cpu());
                GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            NDArray logits = manager.create(file.logits());
            logits.setRequiresGradient(true);
            NDArray mean = golden.spec().on(NO_MATTER).mean(logits, manager.create(file.labels()));
            collector.backward(mean);

            assertThat((double) mean.getFloat()).isCloseTo(golden.mean(), within(golden.mean() * 1e-6));
            assertThatTheGradientIsPyTorchs(golden, logits);
        }
    }

    @Test
    void theBackwardPassNeedsNoMemoryThatJavaHasFreed() {
        File file = file();
        try (NDManager manager = NDManager.newBaseManager(Device.cpu());
                GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            Map<Case, NDArray> logits = new LinkedHashMap<>();
            List<NDArray> means = new ArrayList<>();
            for (Case golden : file.cases()) {
                NDArray own = manager.create(file.logits());
                own.setRequiresGradient(true);
                logits.put(golden, own);
                means.add(golden.spec().on(NO_MATTER).mean(own, manager.create(file.labels())));
            }

            Garbage.collect();

            means.forEach(collector::backward);
            logits.forEach(ObjectivesTest::assertThatTheGradientIsPyTorchs);
        }
    }

    private static void assertThatTheGradientIsPyTorchs(Case golden, NDArray logits) {
        float[] gradient = logits.getGradient().toFloatArray();
        for (int row = 0; row < gradient.length; row++) {
            assertThat((double) gradient[row])
                    .as("row %s of %s", row, golden)
                    .isCloseTo(golden.gradient()[row], within(1e-7));
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aSingleRowsLossIsPyTorchs(Case golden) {
        File file = file();
        Objective objective = golden.spec().on(NO_MATTER);
        for (int row = 0; row < golden.losses().length; row++) {
            double loss = golden.losses()[row];
            assertThat(objective.value(file.logits()[row], file.labels()[row] == 1))
                    .as("row %s", row)
                    .isCloseTo(loss, within(1e-12 + loss * 1e-12));
        }
    }

    /** Where 1 − p_t rounds to 0, torchvision's gradient is 0 times infinity for a γ below 1. */
    @ParameterizedTest
    @ValueSource(doubles = {0, 0.5, 2, 100})
    void focalLossStaysFiniteHoweverExtremeTheLogit(double gamma) {
        File file = file();
        try (NDManager manager = NDManager.newBaseManager(Device.cpu());
                GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            NDArray logits = manager.create(file.logits());
            logits.setRequiresGradient(true);
            NDArray mean = new FocalLoss(gamma, null).mean(logits, manager.create(file.labels()));
            collector.backward(mean);

            assertThat(mean.getFloat()).isFinite();
            for (float slope : logits.getGradient().toFloatArray()) {
                assertThat(slope).isFinite();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void anInfiniteLogitHasNoLossForItsOwnClassUnlessLabelsAreSmoothed(Case golden) {
        Objective objective = golden.spec().on(NO_MATTER);
        boolean smoothed = golden.spec() instanceof CrossEntropyLoss bce && bce.labelSmoothing() > 0;

        assertThat(objective.value(Double.POSITIVE_INFINITY, true)).isEqualTo(smoothed ? Double.POSITIVE_INFINITY : 0);
        assertThat(objective.value(Double.NEGATIVE_INFINITY, false)).isEqualTo(smoothed ? Double.POSITIVE_INFINITY : 0);
        assertThat(objective.value(Double.NaN, true)).isNaN();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.5, 0.2, 0.01})
    void aBalancedWeightMakesBothClassesCountTheSame(double positiveRate) {
        Objective balanced =
                new CrossEntropyLoss(new PositiveWeight(null, PositiveWeight.Rule.BALANCED), null).on(positiveRate);

        assertThat(positiveRate * balanced.value(0, true))
                .isCloseTo((1 - positiveRate) * balanced.value(0, false), within(1e-15));
    }
}
