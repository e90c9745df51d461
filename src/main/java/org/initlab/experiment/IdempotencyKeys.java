package org.initlab.experiment;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.apache.commons.codec.digest.DigestUtils;
import org.initlab.platform.problem.InvalidRequestException;
import org.initlab.platform.problem.UnprocessableRequestException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Remembers which submission a client's key stands for, as long as what it made is kept, so that it is safe to send one
 * again.
 */
@Component
public class IdempotencyKeys {
    private static final int MOST_CHARACTERS = 255;

    private final JdbcClient jdbc;
    private final Clock clock;

    IdempotencyKeys(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** What a submission makes. */
    public enum Owner {
        EXPERIMENT,
        STUDY;

        private String words() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A client's name for one submission, with the hash of its body. */
    public record Key(Owner owner, String name, String bodySha256) {
        private static Key of(Owner owner, String name, byte[] body) {
            if (name.isBlank()
                    || name.length() > MOST_CHARACTERS
                    || !StandardCharsets.US_ASCII.newEncoder().canEncode(name)) {
                throw new InvalidRequestException(
                        "Idempotency-Key must have 1 to " + MOST_CHARACTERS + " ASCII characters.");
            }
            return new Key(owner, name, DigestUtils.sha256Hex(body));
        }
    }

    /**
     * Submits something unless the key was used for it before; returns the id of what was made then or now.
     *
     * @param name the key, if the client gave one
     * @param submission is to call {@link #take} in its transaction
     * @throws InvalidRequestException if the name is not a valid key
     * @throws UnprocessableRequestException if the key was used with another body, or for something else
     */
    public UUID once(Owner owner, Optional<String> name, byte[] body, Function<Optional<Key>, UUID> submission) {
        Optional<Key> key = name.map(given -> Key.of(owner, given, body));
        return key.flatMap(this::find).orElseGet(() -> {
            try {
                return submission.apply(key);
            } catch (KeyTakenException e) {
                return key.flatMap(this::find).orElseThrow(() -> e);
            }
        });
    }

    private Optional<UUID> find(Key key) {
        return jdbc.sql("select body_sha256, experiment_id, study_id from idempotency_key where key = ?")
                .param(key.name())
                .query((rs, n) -> {
                    UUID id = rs.getObject(key.owner().words() + "_id", UUID.class);
                    if (id == null || !rs.getString("body_sha256").equals(key.bodySha256())) {
                        throw new UnprocessableRequestException(
                                "This Idempotency-Key was used with another body; use a new key for a new "
                                        + key.owner().words() + ".");
                    }
                    return id;
                })
                .optional();
    }

    /**
     * Ties the key to what was made. Waits for a transaction that is about to take it.
     *
     * @throws KeyTakenException if another submission has just used it
     */
    public void take(Key key, UUID id) {
        int taken = jdbc.sql(
                        """
                        insert into idempotency_key (key, body_sha256, experiment_id, study_id, created_at)
                        values (?, ?, ?, ?, ?) on conflict (key) do nothing""")
                .params(
                        key.name(),
                        key.bodySha256(),
                        key.owner() == Owner.EXPERIMENT ? id : null,
                        key.owner() == Owner.STUDY ? id : null,
                        OffsetDateTime.now(clock))
                .update();
        if (taken == 0) {
            throw new KeyTakenException();
        }
    }
}
