package org.initlab.training.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.initlab.training.spec.ScheduleSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/** The schedules against PyTorch's; {@code golden/schedules.py} computed the rates. */
class LearningRateScheduleTest {
    private record File(String torch, double rate, int stepsAnEpoch, int epochs, List<Case> cases) {}

    private record Case(ScheduleSpec spec, double[] rates) {
        @Override
        public String toString() {
            return spec.toString();
        }
    }

    private static File file() {
        try (InputStream stream = LearningRateScheduleTest.class.getResourceAsStream("/golden/schedules.json")) {
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
    void everyStepHasPyTorchsRate(Case golden) {
        File file = file();
        LearningRateSchedule schedule =
                LearningRateSchedule.of(golden.spec(), file.rate(), file.stepsAnEpoch(), file.epochs());
        for (int step = 0; step < golden.rates().length; step++) {
            assertThat(schedule.at(step)).as("step %s", step).isCloseTo(golden.rates()[step], within(1e-12));
        }
    }

    @Test
    void aConstantRateIsTheOptimizersToTheBit() {
        assertThat(LearningRateSchedule.of(new ScheduleSpec(), 1e-4, 10, 5).at(123))
                .isEqualTo(1e-4);
    }

    /** PyTorch's cosine would rise again. */
    @ParameterizedTest
    @EnumSource(
            value = ScheduleSpec.Type.class,
            names = {"LINEAR", "COSINE"})
    void theRateStaysAt0BeyondTheHorizon(ScheduleSpec.Type type) {
        LearningRateSchedule schedule =
                LearningRateSchedule.of(new ScheduleSpec(type, null, 2, null, null), 0.1, 5, 100);

        assertThat(schedule.at(9)).isPositive();
        assertThat(schedule.at(10)).isZero();
        assertThat(schedule.at(14)).isZero();
    }

    @ParameterizedTest
    @EnumSource(ScheduleSpec.Type.class)
    void aWarmUpBeyondTheHorizonLeavesNothingOfTheFall(ScheduleSpec.Type type) {
        LearningRateSchedule schedule = LearningRateSchedule.of(new ScheduleSpec(type, 20, 2, null, null), 0.1, 5, 9);

        assertThat(schedule.at(19)).isEqualTo(0.1);
        assertThat(schedule.at(20))
                .isEqualTo(type == ScheduleSpec.Type.CONSTANT || type == ScheduleSpec.Type.STEP ? 0.1 : 0);
    }

    @Test
    void stepsBeyondAnIntegerAreCounted() {
        LearningRateSchedule schedule = LearningRateSchedule.of(
                new ScheduleSpec(ScheduleSpec.Type.LINEAR, null, null, null, null), 1, 10_000_000, 1000);

        assertThat(schedule.at(7_500_000_000L)).isEqualTo(0.25);
    }
}
