package org.initlab.platform.problem;

import java.net.URI;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;

/** Problem details whose title is the status's own, as RFC 9457 requires for the type {@code about:blank}. */
final class Problems {
    static final URI BLANK = URI.create("about:blank");

    private Problems() {}

    static ProblemDetail of(HttpStatusCode status, String detail) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
        problem.setType(BLANK);
        return problem;
    }

    /** What can be said when only the status is known. */
    static String explain(HttpStatusCode status) {
        return switch (status.value()) {
            case 400 -> "The request is malformed: check its path, its headers and the encoding of both.";
            case 404 -> "There is nothing at this path.";
            case 405 -> "The path does not take this method.";
            case 408 -> "The request did not arrive in time: send it without pauses.";
            case 413 -> "The body is over " + BodyLimitFilter.LIMIT + " bytes.";
            case 503 -> "The service is not available; try again later.";
            case 500 -> "Something went wrong in the service; its log says more.";
            default -> "The request cannot be answered.";
        };
    }

    static HttpStatus status(Integer code) {
        HttpStatus status = code == null ? null : HttpStatus.resolve(code);
        return status == null ? HttpStatus.NOT_FOUND : status;
    }
}
