package org.initlab.platform.http;

import jakarta.servlet.http.HttpServletRequest;

/** Requests for the head of an answer: whoever would wait, stay open or write at length answers them at once. */
public final class Head {
    private static final String METHOD = "HEAD";

    private Head() {}

    /** Whether nothing but the head is wanted. */
    public static boolean isAllOf(HttpServletRequest request) {
        return METHOD.equals(request.getMethod());
    }
}
