package org.initlab.training.data.tables;

/** Finds the mean and the population deviation of a column's present numbers, which are given twice in the same order. */
final class Moments {
    private static final double EPSILON = Math.ulp(1.0);

    private final double base;
    private int count;
    private double sum;
    private double mean;
    private double squares;

    /**
     * Begins the first time.
     *
     * @param base a number near the others
     */
    Moments(double base) {
        this.base = base;
    }

    /** Takes a number for the first time, NaN if missing. */
    void add(double value) {
        if (!Double.isNaN(value)) {
            count++;
            sum += value - base;
        }
    }

    /** Begins the second time. */
    void beginAgain() {
        mean = count == 0 ? 0 : base + sum / count;
    }

    void addAgain(double value) {
        squares += Double.isNaN(value) ? 0 : (value - mean) * (value - mean);
    }

    /** Returns how many numbers are present. */
    int count() {
        return count;
    }

    /** Returns 0 if there are none. */
    double mean() {
        return mean;
    }

    /** Returns 0 if they differ by no more than rounding, as scikit-learn judges it. */
    double deviation() {
        if (count == 0) {
            return 0;
        }
        double variance = squares / count;
        double rounding = count * EPSILON * variance + Math.pow(count * mean * EPSILON, 2);
        return variance <= rounding ? 0 : Math.sqrt(variance);
    }
}
