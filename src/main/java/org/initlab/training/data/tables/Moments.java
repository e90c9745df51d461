package org.initlab.training.data.tables;

/**
 * The mean and the population deviation of a column's present numbers.
 *
 * @param count how many numbers are present
 * @param mean 0 if there are none
 * @param deviation 0 if they differ by no more than rounding, as scikit-learn judges it
 */
record Moments(int count, double mean, double deviation) {
    private static final double EPSILON = Math.ulp(1.0);

    static Moments of(RawColumn.Numbers values, int[] rows) {
        int count = 0;
        double sum = 0;
        for (int row : rows) {
            double value = values.at(row);
            if (!Double.isNaN(value)) {
                count++;
                sum += value - values.base();
            }
        }
        if (count == 0) {
            return new Moments(0, 0, 0);
        }
        double mean = values.base() + sum / count;
        double variance = variance(values, rows, mean, count);
        double rounding = count * EPSILON * variance + Math.pow(count * mean * EPSILON, 2);
        return new Moments(count, mean, variance <= rounding ? 0 : Math.sqrt(variance));
    }

    private static double variance(RawColumn.Numbers values, int[] rows, double mean, int count) {
        double squares = 0;
        for (int row : rows) {
            double value = values.at(row);
            squares += Double.isNaN(value) ? 0 : (value - mean) * (value - mean);
        }
        return squares / count;
    }
}
