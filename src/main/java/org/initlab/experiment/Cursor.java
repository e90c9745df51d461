package org.initlab.experiment;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.UUID;
import org.initlab.platform.problem.InvalidRequestException;

/**
 * The place behind an experiment in the list, newest first. What is submitted later comes before every such place, so
 * that whoever goes on from one meets nothing twice.
 *
 * @param createdAt in whole microseconds, as the database keeps it
 */
public record Cursor(Instant createdAt, UUID id) {
    private static final int BYTES = 3 * Long.BYTES;
    /** Beyond the year 9999; the database knows no time as late as a made-up cursor can name. */
    private static final long MOST_MICROS = 1L << 58;

    /** The place behind an experiment. */
    public static Cursor behind(ExperimentView experiment) {
        return new Cursor(experiment.createdAt(), experiment.id());
    }

    /**
     * Reads what {@link #text} wrote.
     *
     * @throws InvalidRequestException if it was not written there
     */
    public static Cursor parse(String text) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
            if (bytes.remaining() == BYTES && bytes.getLong(0) >= 0 && bytes.getLong(0) < MOST_MICROS) {
                Instant createdAt = Instant.EPOCH.plus(bytes.getLong(), ChronoUnit.MICROS);
                return new Cursor(createdAt, new UUID(bytes.getLong(), bytes.getLong()));
            }
        } catch (IllegalArgumentException e) {
            // refused below, as any other text that is no cursor
        }
        throw new InvalidRequestException("after must be what an earlier answer has as next");
    }

    /** Opaque to clients, and safe in a URL. */
    public String text() {
        byte[] bytes = ByteBuffer.allocate(BYTES)
                .putLong(ChronoUnit.MICROS.between(Instant.EPOCH, createdAt))
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
