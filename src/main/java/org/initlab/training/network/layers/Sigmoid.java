package org.initlab.training.network.layers;

import ai.djl.ndarray.NDArray;

/** 1 / (1 + e^−x): {@code torch.nn.Sigmoid}. */
public final class Sigmoid extends Layer {
    @Override
    public NDArray apply(NDArray input, boolean training) {
        return input.getNDArrayInternal().sigmoid();
    }
}
