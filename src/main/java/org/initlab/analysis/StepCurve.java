package org.initlab.analysis;

/**
 * Training losses by step within one epoch.
 *
 * @param steps optimizer updates made before each loss was taken, counted from the run's start, ascending
 * @param losses mini-batch losses in nats, each the mean over the trials; one per entry of {@code steps}
 */
public record StepCurve(long[] steps, double[] losses) {
    /** The least-squares fit that never rises, by pooling adjacent violators (Barlow et al. 1972). */
    double[] antitonic() {
        double[] level = new double[losses.length];
        int[] width = new int[losses.length];
        int blocks = 0;
        for (double loss : losses) {
            level[blocks] = loss;
            width[blocks++] = 1;
            while (blocks > 1 && level[blocks - 2] < level[blocks - 1]) {
                int together = width[blocks - 2] + width[blocks - 1];
                level[blocks - 2] =
                        (level[blocks - 2] * width[blocks - 2] + level[blocks - 1] * width[blocks - 1]) / together;
                width[blocks - 2] = together;
                blocks--;
            }
        }
        double[] fit = new double[losses.length];
        for (int block = 0, i = 0; block < blocks; block++) {
            for (int end = i + width[block]; i < end; i++) {
                fit[i] = level[block];
            }
        }
        return fit;
    }
}
