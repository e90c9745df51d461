package org.initlab.training.network.layers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

/** The largest value of each window of an image: {@code torch.nn.MaxPool2d}. */
public final class MaxPool extends Layer {
    private final Shape kernel;
    private final Shape stride;
    private final Shape padding;

    /**
     * Creates a pool with square windows.
     *
     * @param kernel height and width of a window
     * @param stride in both directions
     * @param padding pixels beyond each border, which are never the largest
     */
    public MaxPool(int kernel, int stride, int padding) {
        this.kernel = new Shape(kernel, kernel);
        this.stride = new Shape(stride, stride);
        this.padding = new Shape(padding, padding);
    }

    @Override
    public NDArray apply(NDArray input, boolean training) {
        return input.getNDArrayInternal().maxPool(kernel, stride, padding, false);
    }
}
