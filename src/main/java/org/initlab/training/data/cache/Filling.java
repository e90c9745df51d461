package org.initlab.training.data.cache;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.initlab.training.engine.ThreadPriority;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the rows that a run needs in the background, by as many threads as there are cores; they yield to the training. Chunks
 * that another process is at are left to it.
 */
public final class Filling implements AutoCloseable {
    private static final long LOOK_AGAIN_NANOS = 100_000_000;

    private final List<Part> parts;
    private final Queue<Chunk> left = new ConcurrentLinkedQueue<>();
    /** What other processes were at when it was looked at. */
    private final Queue<Chunk> elsewhere = new ConcurrentLinkedQueue<>();

    private final AtomicInteger working = new AtomicInteger();
    private final AtomicInteger done = new AtomicInteger();
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean stopped;

    /** Rows of one split that are needed, in ascending order. */
    public record Part(CachedRows rows, int[] needed) {}

    private record Chunk(CachedRows rows, int number, int[] needed, int from, int to) {}

    /** Begins with the first part. */
    public Filling(List<Part> parts) {
        this.parts = List.copyOf(parts);
        parts.forEach(this::addChunks);
        int count = Math.max(1, Math.min(Runtime.getRuntime().availableProcessors(), left.size()));
        working.set(count);
        for (int i = 0; i < count; i++) {
            Thread thread = new Thread(this::work, "decoding-" + i);
            thread.setDaemon(true);
            threads.add(thread);
        }
        threads.forEach(Thread::start);
    }

    private void addChunks(Part part) {
        int[] rows = part.needed();
        int from = 0;
        for (int i = 1; i <= rows.length; i++) {
            if (i == rows.length || chunkOf(rows[i]) != chunkOf(rows[from])) {
                left.add(new Chunk(part.rows(), chunkOf(rows[from]), rows, from, i));
                from = i;
            }
        }
    }

    private static int chunkOf(int row) {
        return row / RowFile.CHUNK_ROWS;
    }

    /** How many of the needed rows are known to be there. */
    public int rowsDone() {
        return done.get();
    }

    public int rowsTotal() {
        return parts.stream().mapToInt(part -> part.needed().length).sum();
    }

    /** Ends when all rows are there; exceptionally if one cannot be decoded. */
    public CompletableFuture<Void> end() {
        return end;
    }

    private void work() {
        try {
            ThreadPriority.lower();
            Chunk chunk = next();
            while (chunk != null && !stopped) {
                if (!fill(chunk)) {
                    elsewhere.add(chunk);
                }
                chunk = next();
            }
            if (working.decrementAndGet() == 0 && !stopped) {
                end.complete(null);
            }
        } catch (IOException e) {
            fail(RowCache.failure(e));
        } catch (RuntimeException | Error e) {
            fail(e);
        }
    }

    private @Nullable Chunk next() {
        Chunk chunk = left.poll();
        if (chunk == null && !elsewhere.isEmpty()) {
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
            chunk = elsewhere.poll();
        }
        return chunk;
    }

    private void fail(Throwable cause) {
        stopped = true;
        end.completeExceptionally(cause);
    }

    /** Whether all rows of a chunk are there afterwards. */
    private boolean fill(Chunk chunk) throws IOException {
        if (isThere(chunk)) {
            done.addAndGet(chunk.to() - chunk.from());
            return true;
        }
        try (RowFile.Claim claim = chunk.rows().file().claim(chunk.number())) {
            if (claim == null) {
                return false;
            }
            for (int i = chunk.from(); i < chunk.to() && !stopped; i++) {
                chunk.rows().prepare(chunk.needed()[i]);
                done.incrementAndGet();
            }
            return true;
        }
    }

    private static boolean isThere(Chunk chunk) throws IOException {
        for (int i = chunk.from(); i < chunk.to(); i++) {
            if (!chunk.rows().isPresent(chunk.needed()[i])) {
                return false;
            }
        }
        return true;
    }

    /** Stops the threads after the rows that they are at, and waits for them. */
    @Override
    public void close() {
        stopped = true;
        boolean interrupted = false;
        for (Thread thread : threads) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
