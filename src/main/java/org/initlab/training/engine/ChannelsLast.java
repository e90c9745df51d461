package org.initlab.training.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

/** The layout of arrays of four dimensions that suits convolution kernels best: {@code torch.channels_last}. */
public final class ChannelsLast {
    private ChannelsLast() {}

    /**
     * Creates an array of zeros.
     *
     * @param shape four dimensions as PyTorch orders them, NCHW or OIHW, lie channels-last in memory; any other number in
     *     the order of the shape
     */
    public static NDArray zeros(NDManager manager, Shape shape) {
        if (shape.dimension() != 4) {
            return manager.zeros(shape);
        }
        try (NDArray memory = manager.zeros(new Shape(shape.get(0), shape.get(2), shape.get(3), shape.get(1)))) {
            return memory.transpose(0, 3, 1, 2);
        }
    }
}
