package org.initlab.training.model;

import ai.djl.ndarray.NDArray;

/** Zeroes values at a rate while training and scales up the others: {@code torch.nn.Dropout}. */
final class Dropout extends Layer {
    private final double rate;

    Dropout(double rate) {
        this.rate = rate;
    }

    @Override
    NDArray apply(NDArray input, boolean training) {
        if (!training || rate == 0) {
            return input;
        }
        return ai.djl.nn.norm.Dropout.dropout(input, (float) rate, true).singletonOrThrow();
    }
}
