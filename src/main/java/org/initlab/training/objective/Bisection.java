package org.initlab.training.objective;

import java.util.function.DoubleUnaryOperator;

/** Finds where a function crosses 0. */
public final class Bisection {
    /** Enough for the doubles around any number but 0 itself. */
    private static final int HALVINGS = 100;

    private Bisection() {}

    /**
     * Finds where a function turns from negative to positive.
     *
     * @param function negative below that place and positive above
     * @param low below it, or the result if there is none above it
     * @param high above it, or the result if there is none below it
     */
    public static double root(DoubleUnaryOperator function, double low, double high) {
        double below = low;
        double above = high;
        for (int i = 0; i < HALVINGS; i++) {
            double middle = (below + above) / 2;
            if (function.applyAsDouble(middle) < 0) {
                below = middle;
            } else {
                above = middle;
            }
        }
        return (below + above) / 2;
    }
}
