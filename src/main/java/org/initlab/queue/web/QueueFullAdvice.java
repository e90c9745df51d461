package org.initlab.queue.web;

import org.initlab.platform.ConditionalOnRole;
import org.initlab.platform.Role;
import org.initlab.queue.QueueFullException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Answers a full queue with 429 and {@code Retry-After}; asked before the advice that handles every exception. */
@RestControllerAdvice
@ConditionalOnRole(Role.API)
@Order(Ordered.HIGHEST_PRECEDENCE)
class QueueFullAdvice {
    @ExceptionHandler
    ResponseEntity<ProblemDetail> handle(QueueFullException failure) {
        HttpStatus status = HttpStatus.TOO_MANY_REQUESTS;
        return ResponseEntity.status(status)
                .header(
                        HttpHeaders.RETRY_AFTER,
                        Long.toString(failure.retryAfter().toSeconds()))
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(ProblemDetail.forStatusAndDetail(status, failure.getMessage()));
    }
}
