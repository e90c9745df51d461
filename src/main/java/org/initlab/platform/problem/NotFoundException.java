package org.initlab.platform.problem;

/** What a request names does not exist; answered with 404 and the message. */
public class NotFoundException extends RuntimeException {
    public NotFoundException(String message) {
        super(message);
    }
}
