package org.initlab.training;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.initlab.training.data.Split;

/** What a run's batches are assembled with: a manager on the device, and one thread besides the training thread. */
final class Batches implements AutoCloseable {
    private final NDManager manager;
    private final Buffers buffers;
    private final ExecutorService loader = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "batches");
        thread.setDaemon(true);
        return thread;
    });

    Batches(Device device) {
        manager = NDManager.newBaseManager(device);
        buffers = new Buffers(device);
    }

    /** Returns the owner of everything that lives as long as the run. */
    NDManager manager() {
        return manager;
    }

    /**
     * Starts a pass over a split.
     *
     * @param order positions in the split, in the order of the pass
     * @param first the index of the batch to start with
     * @param whileWaiting called every now and then while a batch is not ready; an exception from it propagates
     */
    BatchFeed feed(Split split, int[] order, int batchSize, int first, Runnable whileWaiting) {
        return new BatchFeed(loader, manager, buffers, split, order, batchSize, first, whileWaiting);
    }

    @Override
    public void close() {
        loader.shutdown();
        manager.close();
        buffers.close();
    }
}
