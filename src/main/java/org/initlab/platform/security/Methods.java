package org.initlab.platform.security;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;

/** Knows the methods that change nothing; any other may, even a made-up one. */
final class Methods {
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

    private Methods() {}

    static boolean change(HttpServletRequest request) {
        return !SAFE.contains(request.getMethod());
    }
}
