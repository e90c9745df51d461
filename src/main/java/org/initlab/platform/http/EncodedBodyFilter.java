package org.initlab.platform.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.Collections;
import org.initlab.platform.problem.ProblemWriter;
import org.initlab.platform.problem.RefusedException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Refuses compressed bodies and says that none are taken (RFC 7694), rather than call their bytes bad JSON. */
@Component
class EncodedBodyFilter extends OncePerRequestFilter {
    private static final String PLAIN = "identity";

    private final ProblemWriter problems;

    EncodedBodyFilter(ProblemWriter problems) {
        this.problems = problems;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        boolean body = request.getContentLengthLong() > 0 || request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null;
        return !body
                || Collections.list(request.getHeaders(HttpHeaders.CONTENT_ENCODING)).stream()
                        .flatMap(line -> Arrays.stream(line.split(",", -1)))
                        .map(String::strip)
                        .allMatch(coding -> coding.isEmpty() || coding.equalsIgnoreCase(PLAIN));
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain) {
        problems.write(
                request,
                response,
                new RefusedException(
                                HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                                "The body is compressed or otherwise encoded; send it as it is, without Content-Encoding.")
                        .with(HttpHeaders.ACCEPT_ENCODING, PLAIN));
    }
}
