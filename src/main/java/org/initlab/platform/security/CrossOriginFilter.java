package org.initlab.platform.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.initlab.platform.problem.ProblemWriter;
import org.initlab.platform.problem.RefusedException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.cors.CorsUtils;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses changes that a page from another origin makes a browser send. A browser would add the login's cookie to those
 * from the same site, and a service without tokens takes any request that reaches it. Reading is safe: without CORS
 * headers a browser does not show the answer to the page.
 *
 * <p>Works like Go's {@code net/http.CrossOriginProtection}: {@code Sec-Fetch-Site} decides, which every browser sends
 * over HTTPS and to localhost and no script can set; without it {@code Origin} must name the {@code Host}; and a
 * request with neither does not come from a browser. So no CSRF tokens are needed.
 */
final class CrossOriginFilter extends OncePerRequestFilter {
    private static final Set<String> OWN_SITES = Set.of("same-origin", "none");

    private final ProblemWriter problems;

    CrossOriginFilter(ProblemWriter problems) {
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if ((Methods.change(request) || CorsUtils.isPreFlightRequest(request)) && !isOwn(request)) {
            String detail = "Pages from another origin may not call the service.";
            problems.write(request, response, new RefusedException(HttpStatus.FORBIDDEN, detail));
        } else {
            chain.doFilter(request, response);
        }
    }

    private static boolean isOwn(HttpServletRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        if (site != null) {
            return OWN_SITES.contains(site);
        }
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        return origin == null
                || origin.substring(origin.indexOf("://") + 1)
                        .equalsIgnoreCase("//" + request.getHeader(HttpHeaders.HOST));
    }
}
