package org.initlab.queue;

import static org.initlab.text.Counts.counted;

import java.time.Duration;

/** The queue has no room for that many runs now, but will have. */
public class QueueFullException extends RuntimeException {
    private static final Duration RETRY_AFTER = Duration.ofMinutes(1);

    QueueFullException(long waiting, int limit, int added) {
        super("the queue holds " + counted(waiting, "run") + ", and " + added + " more would be above its limit of "
                + limit + ": " + advice(limit, added));
    }

    private static String advice(int limit, int added) {
        return added > limit
                ? "take fewer trials or arms, or have initlab.queue.limit raised"
                : "wait until some are done, or cancel what is not needed";
    }

    /** When to try again. */
    public Duration retryAfter() {
        return RETRY_AFTER;
    }
}
