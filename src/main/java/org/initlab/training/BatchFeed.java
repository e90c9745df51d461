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
    /** Those that nobody has taken yet, in their order. */
    private final Queue<Future<Batch>> coming = new ArrayDeque<>();

    private int next;

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

    /**
     * Frees the batches that were prepared but never taken. It waits for them even if the thread is interrupted: their
     * parent, which is closed next, must not be while the loader fills them.
     */
    @Override
    public void close() {
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
