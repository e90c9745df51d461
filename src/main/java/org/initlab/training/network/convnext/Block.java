package org.initlab.training.network.convnext;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.initializer.ConstantInitializer;
import org.initlab.training.network.layers.Convolution;
import org.initlab.training.network.layers.Convolution.Geometry;
import org.initlab.training.network.layers.Gelu;
import org.initlab.training.network.layers.Layer;
import org.initlab.training.network.layers.LayerNorm;
import org.initlab.training.network.layers.Linear;
import org.initlab.training.network.layers.Permute;
import org.initlab.training.network.layers.Sequence;
import org.initlab.training.network.layers.StochasticDepth;

/**
 * A wide depthwise convolution, then two linear maps of each pixel, scaled and added to the input: torchvision's
 * {@code CNBlock}.
 */
final class Block extends Layer {
    private static final int KERNEL = 7;
    private static final int EXPANSION = 4;
    private static final float INITIAL_SCALE = 1e-6f;

    private final NDArray scale;
    private final Sequence block;
    private final StochasticDepth stochasticDepth;

    Block(NDManager manager, int channels, double stochasticDepth) {
        scale = addParameter(manager, "layer_scale", new ConstantInitializer(INITIAL_SCALE), channels, 1, 1);
        block = addLayer(
                "block",
                new Sequence()
                        .add(Convolution.normal(
                                manager, Geometry.depthwise(channels, KERNEL, 1), ConvNeXt.WEIGHT_DEVIATION))
                        .add(Permute.channelsLast())
                        .add(new LayerNorm(manager, channels, ConvNeXt.NORM_EPSILON))
                        .add(Linear.normal(manager, channels, EXPANSION * channels, ConvNeXt.WEIGHT_DEVIATION))
                        .add(new Gelu())
                        .add(Linear.normal(manager, EXPANSION * channels, channels, ConvNeXt.WEIGHT_DEVIATION))
                        .add(Permute.channelsFirst()));
        this.stochasticDepth = addLayer("stochastic_depth", new StochasticDepth(manager, stochasticDepth));
    }

    @Override
    public NDArray apply(NDArray input, boolean training) {
        try (NDArray branch = block.apply(input, training)) {
            return stochasticDepth.take(branch.mul(scale), training).addi(input);
        }
    }
}
