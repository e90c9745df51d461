package org.initlab.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;

/**
 * The losses of one epoch's steps. They stay on the device and are read together every few steps, so that no step waits
 * for the one before.
 */
final class LossLedger implements AutoCloseable {
    private static final double NANOS_A_SECOND = 1e9;

    /** Each reading makes the host wait for a GPU, and then the GPU for the host. */
    private static final int STEPS_A_READING = 64;

    private final NDManager manager;
    private final int epoch;
    private final int interval;
    private final List<Integer> batchSizes = new ArrayList<>();
    private final NDList unread = new NDList();
    private final StepLosses.Builder kept;
    private final long firstStep;
    private final double secondsBefore;
    private final long start = System.nanoTime();
    private long step;
    private long rows;
    private double sum;

    /**
     * Opens the ledger of an epoch.
     *
     * @param parent a manager on the device of the losses
     * @param interval keep the loss of every {@code interval}-th step
     * @param firstStep updates made before this epoch
     * @param done the part of the epoch done before an interruption
     */
    LossLedger(NDManager parent, int epoch, int interval, long firstStep, PartialEpoch done) {
        manager = parent.newSubManager();
        this.epoch = epoch;
        this.interval = interval;
        this.firstStep = firstStep;
        kept = new StepLosses.Builder(done.kept());
        secondsBefore = done.seconds();
        step = firstStep + done.steps();
        rows = done.rows();
        sum = done.lossSum();
    }

    /** The number of updates made in this epoch. */
    int steps() {
        return Math.toIntExact(step - firstStep + unread.size());
    }

    /**
     * Records one step's mean loss.
     *
     * @throws DivergedException if this or an unread loss is not finite
     */
    void add(NDArray loss, int batchSize) {
        loss.attach(manager);
        unread.add(loss);
        batchSizes.add(batchSize);
        if (unread.size() == STEPS_A_READING) {
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

    /** What has been done so far; waits for the device. */
    PartialEpoch soFar() {
        read();
        double seconds = secondsBefore + (System.nanoTime() - start) / NANOS_A_SECOND;
        return new PartialEpoch(steps(), rows, sum, seconds, kept.build());
    }

    @Override
    public void close() {
        manager.close();
    }
}
