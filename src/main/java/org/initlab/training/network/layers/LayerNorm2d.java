package org.initlab.training.network.layers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

/** Normalises the channels of each pixel: torchvision's {@code LayerNorm2d}, {@link LayerNorm} on a channels-last view. */
public final class LayerNorm2d extends LayerNorm {
    private static final Permute PIXELS = Permute.channelsLast();
    private static final Permute IMAGES = Permute.channelsFirst();

    public LayerNorm2d(NDManager manager, int channels, double epsilon) {
        super(manager, channels, epsilon);
    }

    @Override
    public NDArray apply(NDArray input, boolean training) {
        try (NDArray pixels = PIXELS.apply(input, training)) {
            return IMAGES.take(super.apply(pixels, training), training);
        }
    }
}
