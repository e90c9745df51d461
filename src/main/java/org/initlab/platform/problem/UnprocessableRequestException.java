package org.initlab.platform.problem;

/** A request that is valid by itself contradicts an earlier one; answered with 422 and the message. */
public class UnprocessableRequestException extends RuntimeException {
    public UnprocessableRequestException(String message) {
        super(message);
    }
}
