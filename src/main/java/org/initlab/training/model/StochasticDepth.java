package org.initlab.training.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

/**
 * Zeroes whole rows of a residual branch at a rate while training and scales up the others: torchvision's
 * {@code StochasticDepth} in mode {@code row}, after Huang et al., "Deep Networks with Stochastic Depth" (2016).
 */
final class StochasticDepth extends Layer {
    final double rate;
    private final Dropout rows;

    StochasticDepth(double rate) {
        this.rate = rate;
        this.rows = new Dropout(rate);
    }

    @Override
    NDArray apply(NDArray input, boolean training) {
        if (!training || rate == 0) {
            return input;
        }
        try (NDArray ones = input.getManager().ones(new Shape(input.getShape().get(0), 1, 1, 1));
                NDArray noise = rows.apply(ones, true)) {
            return input.mul(noise);
        }
    }
}
