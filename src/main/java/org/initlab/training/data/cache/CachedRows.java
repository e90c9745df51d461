package org.initlab.training.data.cache;

import java.io.IOException;
import java.nio.ByteBuffer;

/** The rows of one split for one run: read from the cache, or decoded on the way and put there. Thread-safe. */
public final class CachedRows implements AutoCloseable {
    private final RowCache cache;
    private final RowFile file;
    private final RowDecoder decoder;

    /**
     * Opens the rows of a key.
     *
     * @param needed how many of them will be read
     * @throws org.initlab.training.spec.TrainingException if the cache cannot be written
     */
    public CachedRows(RowCache cache, CacheKey key, int needed, RowDecoder decoder) {
        this.cache = cache;
        this.decoder = decoder;
        file = cache.open(key, needed);
    }

    /** Copies a row to where a buffer stands. */
    public void read(int row, ByteBuffer into) {
        try {
            if (!file.read(row, decoder.stamp(row), into)) {
                into.put(decode(row), 0, file.key().rowBytes());
            }
        } catch (IOException e) {
            throw RowCache.failure(e);
        }
    }

    /** Whether a row is there, as far as this process has seen. */
    public boolean isReady(int row) {
        return file.isKnown(row, decoder.stamp(row));
    }

    /** What the decoder said about a row that is there. */
    public byte[] tag(int row) {
        try {
            return file.tag(row);
        } catch (IOException e) {
            throw RowCache.failure(e);
        }
    }

    /** Decodes a row unless any process has. */
    void prepare(int row) throws IOException {
        if (!file.isPresent(row, decoder.stamp(row))) {
            decode(row);
        }
    }

    boolean isPresent(int row) throws IOException {
        return file.isPresent(row, decoder.stamp(row));
    }

    RowFile file() {
        return file;
    }

    private byte[] decode(int row) throws IOException {
        int stamp = decoder.stamp(row);
        RowDecoder.Decoded decoded = decoder.decode(row);
        file.write(row, stamp, decoded.tag(), decoded.bytes());
        return decoded.bytes();
    }

    /** Lets go of the rows; no thread may read them any more. */
    @Override
    public void close() {
        cache.close(file);
    }
}
