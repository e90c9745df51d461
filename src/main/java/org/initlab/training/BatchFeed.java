package org.initlab.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.initlab.training.data.Split;
import org.initlab.training.engine.Managed;

/**
 * The batches of one pass over a split. Each is assembled and copied to the device while the one before it is in use,
 * so two are in memory at a time.
 */
final class BatchFeed implements AutoCloseable {
    private final ExecutorService loader;
    private final NDManager parent;
    private final Split split;
    private final int[] order;
    private final int batchSize;
    private int next;
    private Future<Batch> coming;

    /**
     * The rows of one batch; whatever is computed from them may belong to its manager.
     *
     * @param rows as the split stores them
     * @param labels float32, of shape (N)
     */
    record Batch(NDManager manager, NDArray rows, NDArray labels) implements AutoCloseable {
        @Override
        public void close() {
            manager.close();
        }
    }

    /**
     * Starts a pass.
     *
     * @param loader one thread
     * @param parent the parent of the batches' managers, on the device that the batches go to
     * @param order positions in the split, in the order of the pass
     * @param first the index of the batch to start with
     */
    BatchFeed(ExecutorService loader, NDManager parent, Split split, int[] order, int batchSize, int first) {
        this.loader = loader;
        this.parent = parent;
        this.split = split;
        this.order = order;
        this.batchSize = batchSize;
        next = first;
        coming = prepare();
    }

    boolean hasNext() {
        return coming != null;
    }

    /** Returns the next batch, which the caller closes. */
    Batch next() {
        Future<Batch> ready = coming;
        coming = prepare();
        return await(ready);
    }

    private Future<Batch> prepare() {
        int start = next++ * batchSize;
        if (start >= order.length) {
            return null;
        }
        int[] rows = Arrays.copyOfRange(order, start, Math.min(start + batchSize, order.length));
        return loader.submit((Callable<Batch>) () -> load(rows));
    }

    private Batch load(int[] rows) {
        NDManager manager = parent.newSubManager();
        return Managed.build(
                manager,
                () -> new Batch(
                        manager, split.load(manager, rows), split.labels().load(manager, rows)));
    }

    private static Batch await(Future<Batch> batch) {
        try {
            return batch.get();
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

    /** Frees the batch that was prepared but never taken. */
    @Override
    public void close() {
        if (coming != null) {
            await(coming).close();
        }
    }
}
