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
 * Makes a service without tokens answer only to loopback's names, against DNS rebinding: a web page can make its own
 * name resolve to 127.0.0.1, and the browser then treats this service as the page's own server. The name still shows in
 * {@code Host}, which no script can set; scripts can set forwarded headers, so those are ignored.
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
            String detail = "Without tokens the service answers only to localhost, 127.0.0.1 and [::1]; use one of"
                    + " these, or configure tokens.";
            problems.write(request, response, new RefusedException(HttpStatus.FORBIDDEN, detail));
        }
    }
}
