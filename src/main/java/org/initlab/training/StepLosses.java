package org.initlab.training;

import java.util.Arrays;

/**
 * The kept training losses of one epoch.
 *
 * @param steps optimizer updates made before the loss was taken, counted from the run's start, ascending
 * @param losses the mini-batch losses, one per entry of {@code steps}
 */
public record StepLosses(long[] steps, double[] losses) {
    public static final StepLosses NONE = new StepLosses(new long[0], new double[0]);

    /** Collects losses while an epoch runs. */
    static final class Builder {
        private long[] steps;
        private double[] losses;
        private int size;

        Builder(StepLosses before) {
            size = before.steps.length;
            steps = Arrays.copyOf(before.steps, size + 64);
            losses = Arrays.copyOf(before.losses, size + 64);
        }

        void add(long step, double loss) {
            if (size == steps.length) {
                steps = Arrays.copyOf(steps, 2 * size);
                losses = Arrays.copyOf(losses, 2 * size);
            }
            steps[size] = step;
            losses[size++] = loss;
        }

        StepLosses build() {
            return new StepLosses(Arrays.copyOf(steps, size), Arrays.copyOf(losses, size));
        }
    }
}
