package org.initlab.platform.http;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.initlab.platform.problem.InvalidRequestException;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Slice;

/**
 * The place behind an entry of a list that begins with the newest. What is submitted later comes before every such place,
 * so that whoever goes on from one meets nothing twice.
 *
 * @param createdAt in whole microseconds, as the database keeps it
 */
public record Cursor(Instant createdAt, UUID id) {
    private static final int BYTES = 3 * Long.BYTES;
    /** Beyond the year 9999; the database knows no time as late as a made-up cursor can name. */
    private static final long MOST_MICROS = 1L << 58;

    /** The text of the place behind the last entry of a part of a list; {@code null} where none follows. */
    public static <T> @Nullable String next(Slice<T> part, Function<T, Cursor> placeBehind) {
        List<T> content = part.getContent();
        return part.hasNext() && !content.isEmpty()
                ? placeBehind.apply(content.get(content.size() - 1)).text()
                : null;
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
