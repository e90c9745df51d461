package org.initlab.training.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;

/**
 * Scales each channel by a gate computed from all channels' means: torchvision's {@code SqueezeExcitation}, after Hu et
 * al., "Squeeze-and-Excitation Networks" (2018).
 */
final class SqueezeExcitation extends Layer {
    private static final Shape ONE_PIXEL = new Shape(1, 1);

    private final Convolution squeeze;
    private final Convolution excite;
    private final Silu silu;

    SqueezeExcitation(LayerContext context, int channels, int squeezed) {
        squeeze = addLayer("fc1", fullyConnected(context, channels, squeezed));
        excite = addLayer("fc2", fullyConnected(context, squeezed, channels));
        silu = context.silu();
    }

    private static Convolution fullyConnected(LayerContext context, int inputs, int outputs) {
        return new Convolution(context.manager(), Convolution.Geometry.pointwise(inputs, outputs), true);
    }

    @Override
    NDArray apply(NDArray input, boolean training) {
        try (NDArray means = JniUtils.adaptiveAvgPool((PtNDArray) input, ONE_PIXEL);
                NDArray activated = silu.apply(squeeze.apply(means, training), training);
                NDArray excited = excite.apply(activated, training);
                NDArray gate = excited.getNDArrayInternal().sigmoid()) {
            return training ? input.mul(gate) : input.muli(gate);
        }
    }
}
