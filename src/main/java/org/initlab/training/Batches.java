package org.initlab.training;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.initlab.training.data.Split;

/** Where a run's batches are put together: a manager on the device, and one thread beside the training's. */
final class Batches implements AutoCloseable {
    private final NDManager manager;
    private final ExecutorService loader = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "batches");
        thread.setDaemon(true);
        return thread;
    });

    Batches(Device device) {
        manager = NDManager.newBaseManager(device);
    }

    /** Returns what owns all that lives as long as the run. */
    NDManager manager() {
        return manager;
    }

    /**
     * Begins a pass over a split.
     *
     * @param order the positions in the split, in the order of the pass
     * @param first the batch to begin with
     */
    BatchFeed feed(Split split, int[] order, int batchSize, int first) {
        return new BatchFeed(loader, manager, split, order, batchSize, first);
    }

    @Override
    public void close() {
        loader.shutdown();
        manager.close();
    }
}
