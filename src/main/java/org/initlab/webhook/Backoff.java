package org.initlab.webhook;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** When a delivery that failed is tried again: ten times within three days, as Standard Webhooks suggests. */
final class Backoff {
    private static final List<Duration> PAUSES = List.of(
            Duration.ofSeconds(5),
            Duration.ofMinutes(1),
            Duration.ofMinutes(5),
            Duration.ofMinutes(30),
            Duration.ofHours(2),
            Duration.ofHours(5),
            Duration.ofHours(10),
            Duration.ofHours(14),
            Duration.ofHours(18),
            Duration.ofHours(20));

    /** What a receiver asks for counts up to this. */
    private static final Duration MOST = Duration.ofDays(1);

    private static final double JITTER = 0.1;

    private Backoff() {}

    /**
     * The pause before the next attempt; empty after the last one.
     *
     * @param failures how many attempts have failed, at least 1
     * @param asked what the receiver asked for in {@code Retry-After}; 0 if nothing
     */
    static Optional<Duration> after(int failures, Duration asked, RandomGenerator random) {
        if (failures > PAUSES.size()) {
            return Optional.empty();
        }
        Duration own = PAUSES.get(failures - 1);
        // receivers that failed together need not all be asked again at once
        Duration pause = own.plusMillis((long) (own.toMillis() * JITTER * random.nextDouble()));
        Duration least = asked.compareTo(MOST) < 0 ? asked : MOST;
        return Optional.of(pause.compareTo(least) < 0 ? least : pause);
    }
}
