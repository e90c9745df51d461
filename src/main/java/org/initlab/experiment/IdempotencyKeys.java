package org.initlab.experiment;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import org.apache.commons.codec.digest.DigestUtils;
import org.initlab.platform.problem.InvalidRequestException;
import org.initlab.platform.problem.UnprocessableRequestException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Remembers which submission a client's key stands for, as long as its experiment is kept, so that it is safe to send one again. */
@Component
class IdempotencyKeys {
    private static final int MOST_CHARACTERS = 255;

    private final JdbcClient jdbc;
    private final Clock clock;

    IdempotencyKeys(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** A client's name for one submission, with the hash of its body. */
    record Key(String name, String bodySha256) {
        /**
         * Makes a key.
         *
         * @throws InvalidRequestException if the name is not a valid key
         */
        static Key of(String name, byte[] body) {
            if (name.isBlank()
                    || name.length() > MOST_CHARACTERS
                    || !StandardCharsets.US_ASCII.newEncoder().canEncode(name)) {
                throw new InvalidRequestException(
                        "Idempotency-Key must have 1 to " + MOST_CHARACTERS + " ASCII characters.");
            }
            return new Key(name, DigestUtils.sha256Hex(body));
        }
    }

    /**
     * The experiment that the key was used for.
     *
     * @throws UnprocessableRequestException if it was used with another body
     */
    Optional<UUID> experimentOf(Key key) {
        return jdbc.sql("select body_sha256, experiment_id from idempotency_key where key = ?")
                .param(key.name())
                .query((rs, n) -> {
                    if (!rs.getString("body_sha256").equals(key.bodySha256())) {
                        throw new UnprocessableRequestException(
                                "This Idempotency-Key was used with another body; use a new key for a new experiment.");
                    }
                    return rs.getObject("experiment_id", UUID.class);
                })
                .optional();
    }

    /** Ties the key to an experiment; returns false if it is taken. Waits for a transaction that is about to take it. */
    boolean take(Key key, UUID experimentId) {
        return jdbc.sql(
                                """
                                insert into idempotency_key (key, body_sha256, experiment_id, created_at)
                                values (?, ?, ?, ?) on conflict (key) do nothing""")
                        .params(key.name(), key.bodySha256(), experimentId, OffsetDateTime.now(clock))
                        .update()
                == 1;
    }
}
