package org.initlab.platform.security;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.springframework.http.ResponseCookie;
import org.springframework.web.util.WebUtils;

/**
 * The token in a cookie, for browsers: their {@code EventSource} and {@code <img>} cannot send an {@code Authorization}
 * header.
 *
 * <p>It holds the secret itself, so there is no session to store, every process of the service understands it, it
 * survives a restart, and it stops working everywhere when the token is removed. Scripts cannot read it, other sites
 * cannot make a browser send it, and it is gone when the browser is closed. Cookies ignore ports: another service on
 * the same host name can read it.
 */
final class TokenCookie {
    private static final String NAME = "initlab-token";

    private TokenCookie() {}

    static Optional<String> secret(HttpServletRequest request) {
        return Optional.ofNullable(WebUtils.getCookie(request, NAME)).map(Cookie::getValue);
    }

    static String of(String secret, HttpServletRequest request) {
        return cookie(secret, request).build().toString();
    }

    static String cleared(HttpServletRequest request) {
        return cookie("", request).maxAge(0).build().toString();
    }

    private static ResponseCookie.ResponseCookieBuilder cookie(String value, HttpServletRequest request) {
        return ResponseCookie.from(NAME, value)
                .path("/")
                .httpOnly(true)
                .secure(request.isSecure())
                .sameSite("Strict");
    }
}
