package org.initlab.training;

/**
 * How far probabilities are from the shares of positives among the rows that got them, over {@value #BINS} equal bins of
 * [0, 1], each closed below, the last also above: Σ n_b/N · |mean probability − share of positives| (Guo et al. 2017, for the
 * positive class's probability).
 */
final class Calibration {
    static final int BINS = 15;

    /** By bin, the sum of probability minus label: n_b times what the bin's two means differ by. */
    private final double[] excess = new double[BINS];

    /**
     * Counts a row.
     *
     * @param probability in [0, 1]; NaN makes the error NaN
     * @param label 0 or 1
     */
    void add(double probability, int label) {
        excess[Math.min((int) (probability * BINS), BINS - 1)] += probability - label;
    }

    /** In [0, 1], of as many rows as were counted. */
    double error(int rows) {
        double sum = 0;
        for (double bin : excess) {
            sum += Math.abs(bin);
        }
        return sum / rows;
    }
}
