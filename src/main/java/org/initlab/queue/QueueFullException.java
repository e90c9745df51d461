package org.initlab.queue;

import static org.initlab.text.Counts.counted;

import java.time.Duration;
import java.util.Locale;

/** The queue has no room for that many runs now, but will have. */
public class QueueFullException extends RuntimeException {
    private static final Duration RETRY_AFTER = Duration.ofMinutes(1);

    QueueFullException(long waiting, int limit, int added) {
        super(String.format(
                Locale.ROOT,
                "the queue holds %s, and %,d more would be above its limit of %,d: wait until some are done, or cancel what"
                        + " is not needed",
                counted(waiting, "run"),
                added,
                limit));
    }

    /** When to try again. */
    public Duration retryAfter() {
        return RETRY_AFTER;
    }
}
