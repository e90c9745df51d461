package org.initlab.platform.problem;

import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponseException;

/** A request is refused because of who sent it, or how often; answered with the status and the detail. */
public class RefusedException extends ErrorResponseException {
    /** Refuses with a detail for the caller. */
    public RefusedException(HttpStatus status, String detail) {
        super(status, Problems.of(status, detail), null);
    }

    /** Adds a header to the answer. */
    public RefusedException with(String header, String value) {
        getHeaders().set(header, value);
        return this;
    }
}
