package org.initlab.training.network.layers;

import ai.djl.ndarray.NDArray;

/** x·Φ(x), Φ the normal distribution function: {@code torch.nn.GELU} without an approximation. */
public final class Gelu extends Layer {
    @Override
    public NDArray apply(NDArray input, boolean training) {
        return input.getNDArrayInternal().gelu();
    }
}
