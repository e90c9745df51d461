package org.initlab.platform.problem;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.initlab.platform.DatabaseOutage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import org.springframework.web.servlet.resource.NoResourceFoundException;
import org.springframework.web.util.DisconnectedClientHelper;
import tools.jackson.core.JacksonException;

/** Turns what controllers throw into problem details, whatever the client accepts. */
@RestControllerAdvice
class ProblemAdvice extends ResponseEntityExceptionHandler {
    private static final Logger log = LoggerFactory.getLogger(ProblemAdvice.class);
    private static final String RETRY_SECONDS = "5";
    private static final Duration OUTAGE_LINES_APART = Duration.ofMinutes(1);

    private final Clock clock;
    private final AtomicReference<Instant> outageLogged = new AtomicReference<>(Instant.EPOCH);

    ProblemAdvice(Clock clock) {
        this.clock = clock;
    }

    @ExceptionHandler
    ResponseEntity<Object> handle(NotFoundException failure, WebRequest request) {
        return answer(failure, Problems.of(HttpStatus.NOT_FOUND, failure.getMessage()), request);
    }

    @ExceptionHandler
    ResponseEntity<Object> handle(ConflictException failure, WebRequest request) {
        return answer(failure, Problems.of(HttpStatus.CONFLICT, failure.getMessage()), request);
    }

    @ExceptionHandler
    ResponseEntity<Object> handle(PreconditionFailedException failure, WebRequest request) {
        return answer(failure, Problems.of(HttpStatus.PRECONDITION_FAILED, failure.getMessage()), request);
    }

    @ExceptionHandler
    ResponseEntity<Object> handle(UnprocessableRequestException failure, WebRequest request) {
        return answer(failure, Problems.of(HttpStatus.UNPROCESSABLE_CONTENT, failure.getMessage()), request);
    }

    @ExceptionHandler
    ResponseEntity<Object> handle(TooManyRequestsException failure, WebRequest request) {
        HttpHeaders headers = new HttpHeaders();
        headers.set(HttpHeaders.RETRY_AFTER, Long.toString(failure.retryAfter().toSeconds()));
        ProblemDetail problem = Problems.of(HttpStatus.TOO_MANY_REQUESTS, failure.getMessage());
        return handleExceptionInternal(failure, problem, headers, HttpStatus.TOO_MANY_REQUESTS, request);
    }

    @ExceptionHandler
    ResponseEntity<Object> handle(InvalidRequestException failure, WebRequest request) {
        ProblemDetail problem = Problems.of(HttpStatus.BAD_REQUEST, failure.getMessage());
        if (!failure.faults().isEmpty()) {
            problem.setProperty("errors", failure.faults());
        }
        return answer(failure, problem, request);
    }

    @ExceptionHandler
    ResponseEntity<Object> handle(InvalidParameterException failure, WebRequest request) {
        HttpStatus status = HttpStatus.BAD_REQUEST;
        return answer(failure, Problems.of(status, Problems.explain(status)), request);
    }

    @ExceptionHandler
    ResponseEntity<Object> handleAnyOther(Exception failure, WebRequest request) {
        if (DisconnectedClientHelper.isClientDisconnectedException(failure)) {
            log.debug("The client has disconnected", failure);
            return null;
        }
        if (failure instanceof ConcurrencyFailureException) {
            log.info("Concurrent changes: {}", failure.getMessage());
            return answer(
                    failure,
                    Problems.of(HttpStatus.CONFLICT, "Someone else changed it at the same time; try again."),
                    request);
        }
        if (DatabaseOutage.isCauseOf(failure)) {
            warnOfOutage(failure);
            HttpHeaders headers = new HttpHeaders();
            headers.set(HttpHeaders.RETRY_AFTER, RETRY_SECONDS);
            ProblemDetail problem = Problems.of(
                    HttpStatus.SERVICE_UNAVAILABLE,
                    "The database is unavailable or takes no changes; try again in a moment.");
            return handleExceptionInternal(failure, problem, headers, HttpStatus.SERVICE_UNAVAILABLE, request);
        }
        UUID id = UUID.randomUUID();
        log.error("Unexpected failure {}", id, failure);
        ProblemDetail problem = Problems.of(
                HttpStatus.INTERNAL_SERVER_ERROR,
                "Something went wrong in the service; its log says more under this id.");
        problem.setProperty("correlationId", id);
        return answer(failure, problem, request);
    }

    /** Once a minute: requests fail by the hundred then. */
    private void warnOfOutage(Exception failure) {
        Instant last = outageLogged.get();
        Instant now = clock.instant();
        if (now.isAfter(last.plus(OUTAGE_LINES_APART)) && outageLogged.compareAndSet(last, now)) {
            log.warn(
                    "Requests are answered with 503, as the database is unavailable: {}",
                    NestedExceptionUtils.getMostSpecificCause(failure).getMessage());
        }
    }

    @Override
    protected ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException failure, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        if (failure.getRootCause() instanceof ErrorResponseException bodyTooLong) {
            return handleErrorResponseException(
                    bodyTooLong, bodyTooLong.getHeaders(), bodyTooLong.getStatusCode(), request);
        }
        String detail = failure.getCause() instanceof JacksonException json
                ? UnreadableJson.describe(json)
                : "The request needs a body.";
        return handleExceptionInternal(failure, Problems.of(status, detail), headers, status, request);
    }

    @Override
    protected ResponseEntity<Object> handleHttpMediaTypeNotSupported(
            HttpMediaTypeNotSupportedException failure,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        if (failure.getContentType() == null) {
            String detail = "The request needs a Content-Type, such as application/json.";
            return handleExceptionInternal(failure, Problems.of(status, detail), headers, status, request);
        }
        String detail = "Content-Type '" + failure.getContentType() + "' is not supported; send "
                + MediaType.toString(failure.getSupportedMediaTypes()) + ".";
        return handleExceptionInternal(failure, Problems.of(status, detail), headers, status, request);
    }

    @Override
    protected ResponseEntity<Object> handleNoResourceFoundException(
            NoResourceFoundException failure, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return handleExceptionInternal(
                failure, Problems.of(status, Problems.explain(status)), headers, status, request);
    }

    @Override
    protected ResponseEntity<Object> handleTypeMismatch(
            TypeMismatchException failure, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        if (failure instanceof MethodArgumentTypeMismatchException argument
                && argument.getParameter().hasParameterAnnotation(PathVariable.class)) {
            String detail = "There is nothing with the " + argument.getName() + " '" + failure.getValue() + "'.";
            return handleExceptionInternal(
                    failure, Problems.of(HttpStatus.NOT_FOUND, detail), headers, HttpStatus.NOT_FOUND, request);
        }
        String name = failure instanceof MethodArgumentTypeMismatchException argument
                ? argument.getName()
                : failure.getPropertyName();
        String detail = fault(name, failure.getValue(), failure);
        return handleExceptionInternal(failure, Problems.of(status, detail), headers, status, request);
    }

    /** A value that cannot be read; who reads it may say why. */
    private static String fault(String name, Object value, Throwable failure) {
        return NestedExceptionUtils.getMostSpecificCause(failure) instanceof InvalidRequestException rule
                ? "'" + name + "' " + rule.getMessage() + (rule.getMessage().endsWith("?") ? "" : ".")
                : "'" + name + "' cannot have the value '" + value + "'.";
    }

    @Override
    protected ResponseEntity<Object> handleHandlerMethodValidationException(
            HandlerMethodValidationException failure, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        String detail = failure.getParameterValidationResults().stream()
                .flatMap(result -> result.getResolvableErrors().stream()
                        .map(error -> "'" + result.getMethodParameter().getParameterName() + "' "
                                + error.getDefaultMessage()))
                .collect(Collectors.joining("; "));
        return handleExceptionInternal(failure, Problems.of(status, detail + "."), headers, status, request);
    }

    /** Query parameters that are bound to one object. */
    @Override
    protected ResponseEntity<Object> handleMethodArgumentNotValid(
            MethodArgumentNotValidException failure, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        String detail = failure.getFieldErrors().stream()
                .map(error -> fault(
                        error.getField(),
                        error.getRejectedValue(),
                        error.contains(TypeMismatchException.class)
                                ? error.unwrap(TypeMismatchException.class)
                                : failure))
                .collect(Collectors.joining(" "));
        return handleExceptionInternal(failure, Problems.of(status, detail), headers, status, request);
    }

    private ResponseEntity<Object> answer(Exception failure, ProblemDetail problem, WebRequest request) {
        return handleExceptionInternal(
                failure, problem, new HttpHeaders(), HttpStatusCode.valueOf(problem.getStatus()), request);
    }

    /** Says nothing more to a client that has its answer, such as one whose body turned out malformed after it. */
    @Override
    protected @Nullable ResponseEntity<Object> handleExceptionInternal(
            Exception failure, @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        if (request instanceof ServletWebRequest servlet
                && servlet.getResponse() != null
                && servlet.getResponse().isCommitted()) {
            log.debug("The answer is under way already", failure);
            return null;
        }
        return super.handleExceptionInternal(failure, body, headers, status, request);
    }

    /** Sets the content type, because a client that accepts no JSON would otherwise get an empty answer. */
    @Override
    protected ResponseEntity<Object> createResponseEntity(
            Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        if (body instanceof ProblemDetail problem) {
            problem.setType(Problems.BLANK);
        }
        HttpHeaders all = new HttpHeaders();
        all.putAll(headers);
        all.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        return new ResponseEntity<>(body, all, status);
    }
}
