package org.initlab.platform.problem;

/** A request conflicts with the state of what it names; answered with 409 and the message. */
public class ConflictException extends RuntimeException {
    public ConflictException(String message) {
        super(message);
    }
}
