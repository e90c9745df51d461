package org.initlab.training.network.layers;

import ai.djl.ndarray.NDManager;
import org.initlab.training.network.layers.Convolution.Geometry;

/**
 * A convolution without a bias, its normalisation and an activation: torchvision's {@code Conv2dNormActivation}. The weights are drawn
 * Kaiming normal by fan-out.
 */
public final class NormalizedConvolution extends ScriptedLayer {
    private final Convolution convolution;
    private final BatchNorm norm;
    private final Activation activation;

    /**
     * How a network makes those that it has.
     *
     * @param manager owns the parameters
     * @param norm the constants of every batch normalisation
     * @param activation of those that have one
     */
    public record Style(NDManager manager, BatchNorm.Constants norm, Activation activation) {

        /** One with the activation. */
        public NormalizedConvolution activated(Geometry geometry) {
            return new NormalizedConvolution(this, geometry, activation);
        }

        /** One without. */
        public NormalizedConvolution linear(Geometry geometry) {
            return new NormalizedConvolution(this, geometry, Activation.NONE);
        }
    }

    private NormalizedConvolution(Style style, Geometry geometry, Activation activation) {
        super(style.manager);
        convolution = addLayer("0", Convolution.unbiased(style.manager, geometry));
        norm = addLayer("1", new BatchNorm(style.manager, geometry.outputs(), style.norm));
        this.activation = activation;
    }

    @Override
    protected void addTo(Program program) {
        program.convolve(convolution, norm, activation);
    }
}
