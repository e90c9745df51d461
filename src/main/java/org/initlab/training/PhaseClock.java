package org.initlab.training;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/** Sums up what the phases of one epoch take: the time since the last call goes to the phase that a call names. */
final class PhaseClock {
    private final Map<Phase, Duration> durations = new EnumMap<>(Phase.class);
    private long last;

    /** The time until now belongs to no phase. */
    void start() {
        last = System.nanoTime();
    }

    void end(Phase phase) {
        long now = System.nanoTime();
        durations.merge(phase, Duration.ofNanos(now - last), Duration::plus);
        last = now;
    }

    /** Of the phases that there were. */
    Map<Phase, Duration> durations() {
        return durations;
    }
}
