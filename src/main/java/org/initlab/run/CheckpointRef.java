package org.initlab.run;

import org.initlab.training.Snapshot;

/**
 * A checkpoint of a run.
 *
 * @param epoch the last epoch that was done when it was taken
 * @param step how many steps of the next epoch were done
 * @param file its path below the checkpoint folder
 * @param sha256 the file's hash in hex
 */
record CheckpointRef(int epoch, int step, String file, String sha256) {
    /** Whether the checkpoint was taken where the snapshot was. */
    boolean isOf(Snapshot snapshot) {
        return epoch == snapshot.epoch() && step == snapshot.partial().steps();
    }

    @Override
    public String toString() {
        return step == 0 ? "after epoch " + epoch : "after step " + step + " of epoch " + (epoch + 1);
    }
}
