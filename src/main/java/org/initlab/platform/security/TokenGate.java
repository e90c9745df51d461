package org.initlab.platform.security;

import java.util.List;
import java.util.Optional;
import org.initlab.platform.problem.RefusedException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;

/** Lets in callers who know a secret. */
final class TokenGate {
    private final Tokens tokens;
    private final FailureLimit limit;

    TokenGate(Tokens tokens, FailureLimit limit) {
        this.tokens = tokens;
        this.limit = limit;
    }

    boolean isOpen() {
        return tokens.isEmpty();
    }

    /**
     * Makes the token's holder the caller of the current request.
     *
     * @param address where the request comes from
     * @throws RefusedException with 401 if no token has the secret, 429 if the address failed too often
     */
    Token enter(String secret, String address) {
        long seconds = limit.secondsToWait(address);
        if (seconds > 0) {
            throw new RefusedException(
                            HttpStatus.TOO_MANY_REQUESTS,
                            "There were too many attempts with an unknown token from your address; try again later.")
                    .with(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
        }
        Optional<Token> token = tokens.withSecret(secret);
        if (token.isEmpty()) {
            limit.count(address);
            throw new RefusedException(HttpStatus.UNAUTHORIZED, "The service does not know this token.")
                    .with(HttpHeaders.WWW_AUTHENTICATE, "Bearer error=\"invalid_token\"");
        }
        SecurityContext context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(UsernamePasswordAuthenticationToken.authenticated(
                token.get().name(), null, authorities(token.get().scope())));
        SecurityContextHolder.setContext(context);
        return token.get();
    }

    private static List<GrantedAuthority> authorities(Scope scope) {
        return scope == Scope.WRITE
                ? AuthorityUtils.createAuthorityList(Scope.READ.name(), Scope.WRITE.name())
                : AuthorityUtils.createAuthorityList(Scope.READ.name());
    }
}
