package org.initlab.training.data.tables;

import java.util.concurrent.atomic.AtomicBoolean;
import org.initlab.training.data.cache.RowCache;

/**
 * Where the cells of tables are kept: those of each table in the heap up to a share of it, the others on disk. Thread-safe.
 *
 * <p>A file on disk has no name and goes with the last mapping of it, and only the garbage collector ends mappings.
 */
final class TableSpace {
    /** A run holds three at a time (the table, and what both splits became), which leaves the heap its larger half. */
    private static final int HEAP_PARTS = 8;

    private final RowCache cache;
    private final long heapBytes;
    private final AtomicBoolean dropped = new AtomicBoolean();
    private volatile Runnable forget = () -> {};

    /**
     * Describes a space.
     *
     * @param cache where the files are
     * @param heapBytes what one table may take of the heap
     */
    TableSpace(RowCache cache, long heapBytes) {
        this.cache = cache;
        this.heapBytes = heapBytes;
    }

    static TableSpace of(RowCache cache) {
        return new TableSpace(cache, Runtime.getRuntime().maxMemory() / HEAP_PARTS);
    }

    /** Tells what drops all tables that are kept only because somebody might need them again. */
    void whenFull(Runnable forgetAll) {
        forget = forgetAll;
    }

    /** Notes that a table which may be on disk is no longer kept. */
    void noteDropped() {
        dropped.set(true);
    }

    /** Begins a table. */
    CellRows.Writer rows(int width) {
        return new CellRows.Writer(this, width);
    }

    boolean fitsIntoHeap(long bytes) {
        return bytes <= heapBytes;
    }

    /** Makes a file, once what dropped tables took is free. */
    SpillFile file() {
        if (dropped.getAndSet(false)) {
            System.gc();
        }
        return new SpillFile(cache, this::makeRoom);
    }

    private void makeRoom() {
        forget.run();
        System.gc();
    }
}
