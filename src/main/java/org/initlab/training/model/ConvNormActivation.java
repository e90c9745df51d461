package org.initlab.training.model;

import ai.djl.ndarray.NDArray;

/** A convolution, its normalisation and, where it is activated, SiLU: torchvision's {@code Conv2dNormActivation}. */
final class ConvNormActivation extends Layer {
    private final Convolution convolution;
    private final BatchNorm norm;
    private final Silu silu;
    private final boolean activated;

    private ConvNormActivation(LayerContext context, Convolution.Geometry geometry, boolean activated) {
        convolution = addLayer("0", new Convolution(context.manager(), geometry, false));
        norm = addLayer("1", new BatchNorm(context.manager(), geometry.outputs(), context.batchNorm()));
        silu = context.silu();
        this.activated = activated;
    }

    static ConvNormActivation activated(LayerContext context, Convolution.Geometry geometry) {
        return new ConvNormActivation(context, geometry, true);
    }

    static ConvNormActivation linear(LayerContext context, Convolution.Geometry geometry) {
        return new ConvNormActivation(context, geometry, false);
    }

    @Override
    NDArray apply(NDArray input, boolean training) {
        try (NDArray convolved = convolution.apply(input, training)) {
            NDArray normalised = norm.apply(convolved, training);
            return activated ? silu.apply(normalised, training) : normalised;
        }
    }
}
