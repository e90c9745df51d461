package org.initlab.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;

/**
 * The losses of one epoch's steps: left on the device and read together every few steps, so that a step need not wait
 * for the one before.
 */
final class LossLedger implements AutoCloseable {
    private final NDManager manager;
    private final int epoch;
    private final int interval;
    private final List<Integer> batchSizes = new ArrayList<>();
    private final NDList unread = new NDList();
    private final StepLosses.Builder kept = new StepLosses.Builder();
    private int step;
    private long rows;
    private double sum;

    /**
     * Opens the ledger of an epoch.
     *
     * @param parent whose device the losses are on
     * @param firstStep updates made before this epoch
     * @param interval every how many steps a loss is kept
     */
    LossLedger(NDManager parent, int epoch, int firstStep, int interval) {
        manager = parent.newSubManager();
        this.epoch = epoch;
        this.interval = interval;
        step = firstStep;
    }

    /**
     * Enters one step's mean loss.
     *
     * @throws DivergedException where this or an unread loss is not finite
     */
    void add(NDArray loss, int batchSize) {
        loss.attach(manager);
        unread.add(loss);
        batchSizes.add(batchSize);
        if ((step + unread.size()) % interval == 0) {
            read();
        }
    }

    private void read() {
        if (unread.isEmpty()) {
            return;
        }
        float[] losses;
        try (NDArray together = NDArrays.stack(unread)) {
            losses = together.toFloatArray();
        }
        for (int i = 0; i < losses.length; i++, step++) {
            boolean finite = Float.isFinite(losses[i]);
            if (!finite || step % interval == 0) {
                kept.add(step, losses[i]);
            }
            if (!finite) {
                throw new DivergedException(
                        "the training loss became " + losses[i] + " at step " + step + ", in epoch " + epoch,
                        epoch,
                        kept.build());
            }
            sum += (double) losses[i] * batchSizes.get(i);
            rows += batchSizes.get(i);
        }
        unread.close();
        unread.clear();
        batchSizes.clear();
    }

    /** Mean over the epoch's rows. */
    double mean() {
        read();
        return sum / rows;
    }

    StepLosses kept() {
        read();
        return kept.build();
    }

    @Override
    public void close() {
        manager.close();
    }
}
