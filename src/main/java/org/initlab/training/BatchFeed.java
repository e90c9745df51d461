package org.initlab.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.initlab.training.data.Split;
import org.initlab.training.engine.HostMemory;
import org.initlab.training.engine.Managed;

/**
 * The batches of one pass over a split. Each is assembled and copied to the device while the one before it is in use,
 * so two are in memory at a time.
 */
final class BatchFeed implements AutoCloseable {
    private static final long LOOK_UP_MILLIS = 250;

    private final ExecutorService loader;
    private final NDManager parent;
    private final Buffers buffers;
    private final Split split;
    private final int[] order;
    private final int batchSize;
    private final Runnable whileWaiting;
    /** Those that nobody has taken yet, in their order. */
    private final Queue<Future<Batch>> coming = new ArrayDeque<>();

    private int next;
    private volatile boolean closed;

    /**
     * The rows of one batch; whatever is computed from them may belong to its manager.
     *
     * @param rows as the split stores them
     * @param labels float32, of shape (N)
     * @param free gives the memory of the rows back
     */
    record Batch(NDManager manager, NDArray rows, NDArray labels, Runnable free) implements AutoCloseable {
        @Override
        public void close() {
            manager.close();
            free.run();
        }
    }

    /**
     * Starts a pass.
     *
     * @param loader one thread, which a split may have helped by others
     * @param parent the parent of the batches' managers, on the device that the batches go to
     * @param order positions in the split, in the order of the pass
     * @param first the index of the batch to start with
     * @param whileWaiting called every now and then while a batch is not ready; an exception from it propagates
     */
    BatchFeed(
            ExecutorService loader,
            NDManager parent,
            Buffers buffers,
            Split split,
            int[] order,
            int batchSize,
            int first,
            Runnable whileWaiting) {
        this.loader = loader;
        this.parent = parent;
        this.buffers = buffers;
        this.whileWaiting = whileWaiting;
        this.split = split;
        this.order = order;
        this.batchSize = batchSize;
        next = first;
        prepare();
    }

    boolean hasNext() {
        return !coming.isEmpty();
    }

    /**
     * Returns the next batch, which the caller closes.
     *
     * @throws StopRequestedException if the thread is interrupted
     */
    Batch next() {
        prepare();
        Batch batch = await(coming.element());
        coming.remove();
        return batch;
    }

    private void prepare() {
        int start = next * batchSize;
        if (start < order.length) {
            int[] rows = Arrays.copyOfRange(order, start, Math.min(start + batchSize, order.length));
            coming.add(loader.submit((Callable<Batch>) () -> load(rows)));
            next++;
        }
    }

    private Batch load(int[] rows) {
        HostMemory.Piece memory = buffers.take(split.bytes(rows.length));
        boolean loaded = false;
        try {
            split.read(rows, memory.bytes(), this::goOn);
            NDManager manager = parent.newSubManager();
            Batch batch = Managed.build(
                    manager,
                    () -> new Batch(
                            manager,
                            split.wrap(manager, memory.bytes().flip(), rows.length),
                            split.labels().load(manager, rows),
                            () -> buffers.release(memory)));
            loaded = true;
            return batch;
        } finally {
            if (!loaded) {
                buffers.release(memory);
            }
        }
    }

    private void goOn() {
        if (closed) {
            throw new StopRequestedException();
        }
    }

    private Batch await(Future<Batch> batch) {
        try {
            while (true) {
                try {
                    return batch.get(LOOK_UP_MILLIS, TimeUnit.MILLISECONDS);
                } catch (TimeoutException e) {
                    whileWaiting.run();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StopRequestedException();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) e.getCause();
        }
    }

    /**
     * Frees the batches that were prepared but never taken. It waits for them even if the thread is interrupted: their
     * parent, which is closed next, must not be while the loader fills them.
     */
    @Override
    public void close() {
        closed = true;
        boolean interrupted = false;
        while (!coming.isEmpty()) {
            try {
                coming.element().get().close();
                coming.remove();
            } catch (InterruptedException e) {
                interrupted = true;
            } catch (ExecutionException e) {
                // it freed what it had loaded, and nobody needs it any more
                coming.remove();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
