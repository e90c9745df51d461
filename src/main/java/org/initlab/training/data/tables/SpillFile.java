package org.initlab.training.data.tables;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.initlab.training.data.cache.RowCache;
import org.initlab.training.spec.TrainingException;

/**
 * Pages of cells on disk, all but the last of one size: first written, so that a full disk is an error and not the end of the
 * process, then mapped.
 */
final class SpillFile implements AutoCloseable {
    /** A mapping has to be smaller than 2 GB. */
    private static final long MAPPED_BYTES = 1L << 30;

    private static final int TRIES = 5;
    private static final long PAUSE_NANOS = 50_000_000;

    private final FileChannel channel;
    private final Runnable makeRoom;
    private ByteBuffer bytes = ByteBuffer.allocate(0);
    private long written;

    /**
     * Makes a file.
     *
     * @param makeRoom called when the disk is full
     * @throws TrainingException if the cache cannot be written
     */
    SpillFile(RowCache cache, Runnable makeRoom) {
        this.makeRoom = makeRoom;
        try {
            channel = cache.scratch();
        } catch (IOException e) {
            throw RowCache.failure(e);
        }
    }

    /**
     * Appends a page.
     *
     * @param count how many of its cells are in use
     * @throws TrainingException if the disk is full
     */
    void write(float[] page, int count) {
        int length = count * Float.BYTES;
        if (bytes.capacity() < length) {
            bytes = ByteBuffer.allocateDirect(length).order(ByteOrder.nativeOrder());
        }
        bytes.clear().limit(length);
        bytes.asFloatBuffer().put(page, 0, count);
        for (int tries = 1; bytes.hasRemaining(); tries++) {
            try {
                while (bytes.hasRemaining()) {
                    written += channel.write(bytes, written);
                }
            } catch (IOException e) {
                if (tries == TRIES || !channel.isOpen()) {
                    throw RowCache.failure(e);
                }
                makeRoom.run();
                // mappings end soon after the collection
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    /** Returns the pages, which keep the file when it is closed here. */
    List<FloatBuffer> map(int pageCells) {
        long pageBytes = (long) pageCells * Float.BYTES;
        long step = Math.max(1, MAPPED_BYTES / pageBytes) * pageBytes;
        List<FloatBuffer> pages = new ArrayList<>();
        try {
            for (long from = 0; from < written; from += step) {
                FloatBuffer cells = channel.map(FileChannel.MapMode.READ_ONLY, from, Math.min(step, written - from))
                        .order(ByteOrder.nativeOrder())
                        .asFloatBuffer();
                for (int at = 0; at < cells.limit(); at += pageCells) {
                    pages.add(cells.slice(at, Math.min(pageCells, cells.limit() - at)));
                }
            }
            return pages;
        } catch (IOException e) {
            throw RowCache.failure(e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // the system has closed it nevertheless
        }
    }
}
