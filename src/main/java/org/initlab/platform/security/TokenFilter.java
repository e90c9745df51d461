package org.initlab.platform.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.initlab.platform.problem.ProblemWriter;
import org.initlab.platform.problem.RefusedException;
import org.springframework.http.HttpHeaders;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Recognises the caller by the bearer token (RFC 6750), or else by the cookie of a login. A wrong token is refused at
 * once; paths that are open to all ignore tokens, so that an outdated cookie does not keep anyone from logging in.
 */
final class TokenFilter extends OncePerRequestFilter {
    private static final String SCHEME = "Bearer ";

    private final TokenGate gate;
    private final RequestMatcher openPaths;
    private final ProblemWriter problems;

    TokenFilter(TokenGate gate, RequestMatcher openPaths, ProblemWriter problems) {
        this.gate = gate;
        this.openPaths = openPaths;
        this.problems = problems;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return openPaths.matches(request);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Optional<String> bearer = bearer(request);
        Optional<String> secret = bearer.or(() -> TokenCookie.secret(request));
        try {
            secret.ifPresent(text -> gate.enter(text, request.getRemoteAddr()));
        } catch (RefusedException refusal) {
            if (bearer.isEmpty()) {
                response.addHeader(HttpHeaders.SET_COOKIE, TokenCookie.cleared(request));
            }
            problems.write(request, response, refusal);
            return;
        }
        chain.doFilter(request, response);
    }

    private static Optional<String> bearer(HttpServletRequest request) {
        return Optional.ofNullable(request.getHeader(HttpHeaders.AUTHORIZATION))
                .filter(value -> value.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
                .map(value -> value.substring(SCHEME.length()).strip());
    }
}
