package org.initlab.training.data.cache;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Locale;
import org.initlab.training.spec.TrainingException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All rows of a {@link RowSequence}, with their classes: made when they are opened, unless a process on this host has. Thread-safe. */
public final class StreamedRows implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(StreamedRows.class);

    private final RowCache cache;
    private final RowFile file;
    private final RowSequence sequence;
    private final int stamp;

    private StreamedRows(RowCache cache, CacheKey key, RowSequence sequence) {
        this.cache = cache;
        this.sequence = sequence;
        stamp = sequence.stamp();
        file = cache.open(key, key.rows());
    }

    /**
     * Opens the rows of a key, and makes them if one is missing.
     *
     * @param onProgress called often; an exception from it ends the work
     * @throws TrainingException if a row cannot be made, or the cache cannot be written
     */
    public static StreamedRows open(RowCache cache, CacheKey key, RowSequence sequence, Runnable onProgress) {
        StreamedRows rows = new StreamedRows(cache, key, sequence);
        boolean opened = false;
        try {
            if (!rows.areThere()) {
                rows.make(onProgress);
            }
            opened = true;
            return rows;
        } catch (IOException e) {
            throw RowCache.failure(e);
        } finally {
            if (!opened) {
                rows.close();
            }
        }
    }

    /** Changes when what the rows are made from does. */
    public int stamp() {
        return stamp;
    }

    /** Returns the class of each row. */
    public int[] classes() {
        try {
            int[] classes = new int[file.key().rows()];
            file.eachTag((row, tag) -> classes[row] = tag.getInt(0));
            return classes;
        } catch (IOException e) {
            throw RowCache.failure(e);
        }
    }

    /** Copies a row to where a buffer stands. */
    public void read(int row, ByteBuffer into) {
        try {
            if (!file.read(row, stamp, into)) {
                repair(row, into);
            }
        } catch (IOException e) {
            throw RowCache.failure(e);
        }
    }

    /** What tore one row may have torn many: all are made anew, by the first thread that meets one. */
    private synchronized void repair(int row, ByteBuffer into) throws IOException {
        if (!file.read(row, stamp, into)) {
            make(() -> {});
            if (!file.read(row, stamp, into)) {
                throw new IOException("what was written is not what is read");
            }
        }
    }

    private boolean areThere() throws IOException {
        for (int row = 0; row < file.key().rows(); row++) {
            if (!file.isPresent(row, stamp)) {
                return false;
            }
        }
        return true;
    }

    private void make(Runnable onProgress) throws IOException {
        int rows = file.key().rows();
        int size = file.key().rowBytes();
        long begin = System.nanoTime();
        try (RowSequence.Reader reader = sequence.open()) {
            byte[] bytes = new byte[RowFile.CHUNK_ROWS * size];
            for (int first = 0; first < rows; first += RowFile.CHUNK_ROWS) {
                onProgress.run();
                int count = Math.min(RowFile.CHUNK_ROWS, rows - first);
                byte[][] tags = new byte[count][];
                for (int i = 0; i < count; i++) {
                    int rowClass = reader.next(bytes, i * size);
                    tags[i] = ByteBuffer.allocate(RowLayout.TAG_BYTES)
                            .putInt(rowClass)
                            .array();
                }
                requireUnchanged();
                file.write(first, stamp, tags, bytes);
            }
        }
        log.debug("Made {} rows of {} in {} ms", rows, sequence.name(), (System.nanoTime() - begin) / 1_000_000);
    }

    private void requireUnchanged() {
        if (sequence.stamp() != stamp) {
            throw new TrainingException(String.format(
                    Locale.ROOT,
                    "%s changed while it was used: leave the files as they are while experiments run, and retry",
                    sequence.name()));
        }
    }

    /** Lets go of the rows; no thread may read them any more. */
    @Override
    public void close() {
        cache.close(file);
    }
}
