package org.initlab.training.network.layers;

import ai.djl.ndarray.NDArray;

/** max(x, 0): {@code torch.nn.ReLU}. */
public final class Relu extends Layer {
    @Override
    public NDArray apply(NDArray input, boolean training) {
        return input.getNDArrayInternal().relu();
    }
}
