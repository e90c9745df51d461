package org.initlab.platform.problem;

import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponseException;

/** A request is refused for who sent it, or how often; answered with the status and the detail. */
public class RefusedException extends ErrorResponseException {
    /** Refuses with what the caller should know. */
    public RefusedException(HttpStatus status, String detail) {
        super(status, Problems.of(status, detail), null);
    }

    /** Adds a header to the answer. */
    public RefusedException with(String header, String value) {
        getHeaders().set(header, value);
        return this;
    }
}
