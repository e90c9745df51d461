package org.initlab.platform.security;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.initlab.platform.problem.ProblemWriter;
import org.initlab.platform.problem.RefusedException;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.security.autoconfigure.actuate.web.servlet.EndpointRequest;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/** Which token may do what. */
final class TokenAccess {
    private static final RequestMatcher OPEN_PATHS = new OrRequestMatcher(
            EndpointRequest.to(HealthEndpoint.class),
            // the web page, which holds no data, and its login
            path("/"),
            path("/index.html"),
            path("/assets/**"),
            path("/webjars/**"),
            path("/login"),
            path("/logout"));

    private final TokenGate gate;
    private final ProblemWriter problems;

    TokenAccess(TokenGate gate, ProblemWriter problems) {
        this.gate = gate;
        this.problems = problems;
    }

    void configure(HttpSecurity http) {
        http.addFilterAfter(new TokenFilter(gate, OPEN_PATHS, problems), CrossOriginFilter.class)
                // the first dispatch was checked; an event stream's or an error's second one continues it
                .authorizeHttpRequests(
                        requests -> requests.dispatcherTypeMatchers(DispatcherType.ASYNC, DispatcherType.ERROR)
                                .permitAll()
                                .requestMatchers(OPEN_PATHS)
                                .permitAll()
                                .requestMatchers(Methods::change)
                                .hasAuthority(Scope.WRITE.name())
                                .anyRequest()
                                .hasAuthority(Scope.READ.name()))
                .exceptionHandling(handling -> handling.authenticationEntryPoint(
                                (request, response, failure) -> askForToken(request, response))
                        .accessDeniedHandler((request, response, failure) -> refuse(request, response)));
    }

    private void askForToken(HttpServletRequest request, HttpServletResponse response) {
        problems.write(
                request,
                response,
                new RefusedException(
                                HttpStatus.UNAUTHORIZED,
                                "The request needs a token: send the header 'Authorization: Bearer SECRET'.")
                        .with(HttpHeaders.WWW_AUTHENTICATE, "Bearer"));
    }

    private void refuse(HttpServletRequest request, HttpServletResponse response) {
        problems.write(
                request,
                response,
                new RefusedException(
                        HttpStatus.FORBIDDEN, "The token may only read; a change needs a token with the scope write."));
    }

    private static RequestMatcher path(String pattern) {
        return PathPatternRequestMatcher.pathPattern(pattern);
    }
}
