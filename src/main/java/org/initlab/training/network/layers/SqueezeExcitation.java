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

    public SqueezeExcitation(NDManager manager, int channels, int squeezed, Layer activation) {
        squeeze =
                addLayer("fc1", MatrixConvolution.biased(manager, Convolution.Geometry.pointwise(channels, squeezed)));
        excite = addLayer("fc2", MatrixConvolution.biased(manager, Convolution.Geometry.pointwise(squeezed, channels)));
        this.activation = activation;
    }

    @Override
    public NDArray apply(NDArray input, boolean training) {
        try (NDArray gate = gate(input, training)) {
            return input.mul(gate);
        }
    }

    @Override
    public NDArray take(NDArray input, boolean training) {
        if (training) {
            return super.take(input, true);
        }
        try (NDArray gate = gate(input, false)) {
            return input.muli(gate);
        }
    }

    private NDArray gate(NDArray input, boolean training) {
        NDArray means = JniUtils.adaptiveAvgPool((PtNDArray) input, ONE_PIXEL);
        NDArray squeezed = activation.take(squeeze.take(means, training), training);
        try (NDArray excited = excite.take(squeezed, training)) {
            return excited.getNDArrayInternal().sigmoid();
        }
    }
}
