package org.initlab.training;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/** Adds up the time spent in each phase of one epoch: a call charges the time since the last one to its phase. */
final class PhaseClock {
    private final Map<Phase, Duration> durations = new EnumMap<>(Phase.class);
    private long last;

    /** Starts timing; the time before this call belongs to no phase. */
    void start() {
        last = System.nanoTime();
    }

    void end(Phase phase) {
        long now = System.nanoTime();
        durations.merge(phase, Duration.ofNanos(now - last), Duration::plus);
        last = now;
    }

    /** The time of each phase that occurred. */
    Map<Phase, Duration> durations() {
        return durations;
    }
}
