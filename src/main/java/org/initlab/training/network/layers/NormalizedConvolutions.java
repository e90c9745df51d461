package org.initlab.training.network.layers;

import ai.djl.ndarray.NDManager;

/**
 * Makes a network's many narrow convolutions with their normalisation: torchvision's {@code Conv2dNormActivation}.
 *
 * @param manager owns the parameters
 * @param norm the constants of every batch normalisation
 * @param activation the network's activation; it has no parameters, so all uses share one
 */
public record NormalizedConvolutions(NDManager manager, BatchNorm.Constants norm, Layer activation) {

    /** A convolution, its normalisation and the activation. */
    public Sequence activated(Convolution.Geometry geometry) {
        return linear(geometry).add(activation);
    }

    /** A convolution and its normalisation. */
    public Sequence linear(Convolution.Geometry geometry) {
        return new Sequence()
                .add(MatrixConvolution.unbiased(manager, geometry))
                .add(new BatchNorm(manager, geometry.outputs(), norm));
    }
}
