package org.initlab.platform.problem;

/** What a request would change is not in the state that it names; answered with 412 and the message. */
public class PreconditionFailedException extends RuntimeException {
    public PreconditionFailedException(String message) {
        super(message);
    }
}
