package org.initlab.platform.problem;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerExceptionResolver;

/** Writes answers from outside the controllers, such as from a filter, just as failures of controllers are answered. */
@Component
public class ProblemWriter {
    private final HandlerExceptionResolver resolver;

    ProblemWriter(@Qualifier("handlerExceptionResolver") HandlerExceptionResolver resolver) {
        this.resolver = resolver;
    }

    /** Writes the refusal as the whole answer. */
    public void write(HttpServletRequest request, HttpServletResponse response, RefusedException refusal) {
        resolver.resolveException(request, response, null, refusal);
    }
}
