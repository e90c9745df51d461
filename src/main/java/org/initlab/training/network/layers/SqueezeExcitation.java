package org.initlab.training.network.layers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;

/**
 * Scales each channel by a gate computed from all channels' means: torchvision's {@code SqueezeExcitation}, after Hu et
 * al., "Squeeze-and-Excitation Networks" (2018).
 */
public final class SqueezeExcitation extends Layer {
    private static final Shape ONE_PIXEL = new Shape(1, 1);

    private final Layer squeeze;
    private final Layer activation;
    private final Layer excite;
    private final Layer gate;

    /**
     * Creates one whose weights are drawn Kaiming normal by fan-out, and whose biases start at zero.
     *
     * @param channels of input and output
     * @param squeezed channels in between
     * @param activation of the squeezed channels
     * @param gate maps to the factors of the channels
     */
    public SqueezeExcitation(NDManager manager, int channels, int squeezed, Layer activation, Layer gate) {
        squeeze =
                addLayer("fc1", MatrixConvolution.biased(manager, Convolution.Geometry.pointwise(channels, squeezed)));
        excite = addLayer("fc2", MatrixConvolution.biased(manager, Convolution.Geometry.pointwise(squeezed, channels)));
        this.activation = activation;
        this.gate = gate;
    }

    @Override
    public NDArray apply(NDArray input, boolean training) {
        try (NDArray factors = factors(input, training)) {
            return input.mul(factors);
        }
    }

    @Override
    public NDArray take(NDArray input, boolean training) {
        if (training) {
            return super.take(input, true);
        }
        try (NDArray factors = factors(input, false)) {
            return input.muli(factors);
        }
    }

    private NDArray factors(NDArray input, boolean training) {
        NDArray means = JniUtils.adaptiveAvgPool((PtNDArray) input, ONE_PIXEL);
        NDArray squeezed = activation.take(squeeze.take(means, training), training);
        return gate.take(excite.take(squeezed, training), training);
    }
}
