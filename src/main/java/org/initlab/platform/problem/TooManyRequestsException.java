package org.initlab.platform.problem;

import java.time.Duration;

/** A limit has been reached for now; answered with 429, {@code Retry-After} and the message. */
public class TooManyRequestsException extends RuntimeException {
    private final transient Duration retryAfter;

    public TooManyRequestsException(String message, Duration retryAfter) {
        super(message);
        this.retryAfter = retryAfter;
    }

    Duration retryAfter() {
        return retryAfter;
    }
}
