package org.initlab.platform.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Logs each request that may change something, including refused ones: who sent it, from where, and how it was
 * answered. In structured logs each part is a field.
 */
final class AuditFilter extends OncePerRequestFilter {
    static final String ANONYMOUS = "anonymous";

    private static final Logger log = LoggerFactory.getLogger("org.initlab.audit");
    private static final int LONGEST = 300;
    /** A path is still percent-encoded, but an address in a forwarded header can be any text. */
    private static final Pattern UNPRINTABLE = Pattern.compile("[^\\x21-\\x7e]");

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !Methods.change(request);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        boolean answered = false;
        try {
            chain.doFilter(request, response);
            answered = true;
        } finally {
            write(request, answered ? response.getStatus() : HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
        }
    }

    private static void write(HttpServletRequest request, int status) {
        Authentication caller = SecurityContextHolder.getContext().getAuthentication();
        String principal = caller == null ? ANONYMOUS : caller.getName();
        String address = printable(request.getRemoteAddr());
        String method = printable(request.getMethod());
        String path = printable(request.getRequestURI());
        log.atInfo()
                .addKeyValue("principal", principal)
                .addKeyValue("address", address)
                .addKeyValue("method", method)
                .addKeyValue("path", path)
                .addKeyValue("status", status)
                .log("{} at {}: {} {} -> {}", principal, address, method, path, status);
    }

    private static String printable(String text) {
        String bounded = text.length() > LONGEST ? text.substring(0, LONGEST) : text;
        return UNPRINTABLE.matcher(bounded).replaceAll("?");
    }
}
