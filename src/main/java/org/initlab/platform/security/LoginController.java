package org.initlab.platform.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.constraints.NotNull;
import org.initlab.platform.ConditionalOnRole;
import org.initlab.platform.Role;
import org.initlab.platform.problem.ConflictException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Puts a token into a browser's cookie, and removes it. */
@RestController
@ConditionalOnRole(Role.API)
class LoginController {
    private final TokenGate gate;

    LoginController(TokenGate gate) {
        this.gate = gate;
    }

    /** The body of a login. */
    record Login(@NotNull String token) {}

    /**
     * Who is logged in.
     *
     * @param scope {@code read} or {@code write}
     */
    record Caller(String name, String scope) {}

    @PostMapping(path = "/login", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Caller> login(@RequestBody Login login, HttpServletRequest request) {
        if (gate.isOpen()) {
            throw new ConflictException("The service has no tokens, so there is no need to log in.");
        }
        String secret = login.token();
        Token token = gate.enter(secret, request.getRemoteAddr());
        return ResponseEntity.ok()
                .header(HttpHeaders.SET_COOKIE, TokenCookie.of(secret, request))
                .body(new Caller(token.name(), token.scope().label()));
    }

    @PostMapping("/logout")
    ResponseEntity<Void> logout(HttpServletRequest request) {
        return ResponseEntity.noContent()
                .header(HttpHeaders.SET_COOKIE, TokenCookie.cleared(request))
                .build();
    }
}
