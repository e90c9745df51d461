package org.initlab.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CheckpointPaceTest {
    private final SteppedClock clock = new SteppedClock();

    @Test
    void checkpointsComeAtTheConfiguredInterval() {
        CheckpointPace pace = new CheckpointPace(Duration.ofMinutes(5), false, clock);

        assertThat(pausesOf(pace, 3)).containsOnly(Duration.ofMinutes(5));
    }

    @Test
    void afterACrashTheFirstCheckpointIsDueAtOnceAndThePausesGrowToTheInterval() {
        CheckpointPace pace = new CheckpointPace(Duration.ofSeconds(2), true, clock);

        assertThat(pausesOf(pace, 6))
                .extracting(Duration::toMillis)
                .containsExactly(0L, 300L, 600L, 1200L, 2000L, 2000L);
    }

    @Test
    void aShorterIntervalThanTheFirstPauseIsKept() {
        CheckpointPace pace = new CheckpointPace(Duration.ofMillis(100), true, clock);

        assertThat(pausesOf(pace, 3)).extracting(Duration::toMillis).containsExactly(0L, 100L, 100L);
    }

    private List<Duration> pausesOf(CheckpointPace pace, int checkpoints) {
        List<Duration> pauses = new ArrayList<>();
        for (int i = 0; i < checkpoints; i++) {
            Instant last = clock.now;
            while (!pace.isDue()) {
                clock.now = clock.now.plusMillis(100);
            }
            pauses.add(Duration.between(last, clock.now));
            pace.checkpointed();
        }
        return pauses;
    }

    private static final class SteppedClock extends Clock {
        private Instant now = Instant.EPOCH;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
