package org.initlab.training.network.layers;

import ai.djl.ndarray.NDArray;

/** Zeroes values at a rate while training and scales up the rest: {@code torch.nn.Dropout}. */
public final class Dropout extends Layer {
    private final double rate;

    public Dropout(double rate) {
        this.rate = rate;
    }

    @Override
    public NDArray apply(NDArray input, boolean training) {
        return isOff(training)
                ? share(input)
                : ai.djl.nn.norm.Dropout.dropout(input, (float) rate, true).singletonOrThrow();
    }

    @Override
    public NDArray take(NDArray input, boolean training) {
        return isOff(training) ? input : super.take(input, training);
    }

    private boolean isOff(boolean training) {
        return !training || rate == 0;
    }
}
