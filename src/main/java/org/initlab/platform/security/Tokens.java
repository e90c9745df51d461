package org.initlab.platform.security;

import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import org.apache.commons.codec.digest.DigestUtils;

/** The configured tokens; with none, whoever reaches the service may do everything. */
final class Tokens {
    private final List<Token> tokens;

    Tokens(List<Token> tokens) {
        this.tokens = List.copyOf(tokens);
    }

    boolean isEmpty() {
        return tokens.isEmpty();
    }

    /**
     * The token with this secret. Every hash is compared to its end, so that the time it takes says nothing about how
     * close a guess came.
     */
    Optional<Token> withSecret(String secret) {
        byte[] hash = hash(secret);
        Token found = null;
        for (Token token : tokens) {
            if (MessageDigest.isEqual(token.secretHash(), hash)) {
                found = token;
            }
        }
        return Optional.ofNullable(found);
    }

    /** SHA-256 without salt is enough, as secrets are random and long: there is no dictionary of them. */
    static byte[] hash(String secret) {
        return DigestUtils.sha256(secret);
    }
}
