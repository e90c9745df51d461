package org.initlab.run;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * When the next checkpoint within an epoch is due. After a crash the first one is due at once and the pauses grow from there,
 * so that a host that dies every few seconds still gets on, and one that died once soon trains at full speed.
 */
final class CheckpointPace {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(300);

    private final Duration interval;
    private final Clock clock;
    private Duration pause;
    private Instant last;

    /**
     * Begins an attempt.
     *
     * @param interval the longest pause between two checkpoints
     * @param afterCrash whether the worker before this one died
     */
    CheckpointPace(Duration interval, boolean afterCrash, Clock clock) {
        this.interval = interval;
        this.clock = clock;
        pause = afterCrash ? Duration.ZERO : interval;
        last = clock.instant();
    }

    boolean isDue() {
        return !clock.instant().isBefore(last.plus(pause));
    }

    void checkpointed() {
        last = clock.instant();
        Duration longer = pause.isZero() ? FIRST_PAUSE : pause.multipliedBy(2);
        pause = longer.compareTo(interval) < 0 ? longer : interval;
    }
}
