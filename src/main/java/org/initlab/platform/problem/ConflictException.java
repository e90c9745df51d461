package org.initlab.platform.problem;

/** The state of what a request names forbids it; answered with 409 and the message. */
public class ConflictException extends RuntimeException {
    public ConflictException(String message) {
        super(message);
    }
}
