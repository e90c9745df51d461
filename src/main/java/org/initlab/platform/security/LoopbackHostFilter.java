package org.initlab.platform.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.regex.Pattern;
import org.initlab.platform.problem.ProblemWriter;
import org.initlab.platform.problem.RefusedException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Answers a service without tokens under loopback's names alone, against DNS rebinding: a web page can let its own name
 * point to 127.0.0.1, and the browser then takes this service for the page's own server. The name stays in {@code Host},
 * which no script can set; forwarded headers can be, so they are not looked at.
 */
final class LoopbackHostFilter extends OncePerRequestFilter {
    private static final Pattern LOOPBACK = Pattern.compile(
            "(localhost|127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}|\\[::1])(:\\d{1,5})?", Pattern.CASE_INSENSITIVE);

    private final ProblemWriter problems;

    LoopbackHostFilter(ProblemWriter problems) {
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String host = request.getHeader(HttpHeaders.HOST);
        if (host != null && LOOPBACK.matcher(host).matches()) {
            chain.doFilter(request, response);
        } else {
            String detail = "Without tokens the service answers to localhost, 127.0.0.1 and [::1] alone; use one of"
                    + " these, or configure tokens.";
            problems.write(request, response, new RefusedException(HttpStatus.FORBIDDEN, detail));
        }
    }
}
