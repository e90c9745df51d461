package org.initlab.training.network.layers;

import ai.djl.ndarray.NDArray;

/**
 * Another order of the dimensions of a batch of images, as a view: torchvision's {@code Permute}. In channels-last
 * memory {@link #channelsLast} of an image is contiguous.
 */
public final class Permute extends Layer {
    private final int[] dimensions;

    private Permute(int... dimensions) {
        this.dimensions = dimensions;
    }

    /** From (N, channels, height, width) to (N, height, width, channels). */
    public static Permute channelsLast() {
        return new Permute(0, 2, 3, 1);
    }

    /** From (N, height, width, channels) to (N, channels, height, width). */
    public static Permute channelsFirst() {
        return new Permute(0, 3, 1, 2);
    }

    @Override
    public NDArray apply(NDArray input, boolean training) {
        return input.transpose(dimensions);
    }
}
