package org.initlab.run;

/**
 * Where a checkpoint of a run lies.
 *
 * @param epoch the last epoch that was done when it was taken
 * @param step how many steps of the next one were
 * @param file its path below the checkpoint folder
 * @param sha256 the file's hash in hex
 */
record CheckpointRef(int epoch, int step, String file, String sha256) {
    @Override
    public String toString() {
        return step == 0 ? "after epoch " + epoch : "after step " + step + " of epoch " + (epoch + 1);
    }
}
