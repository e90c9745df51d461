package org.initlab.training.network.layers;

import ai.djl.ndarray.NDManager;
import org.initlab.training.network.layers.Convolution.Geometry;

/**
 * Scales each channel by a gate computed from all channels' means: torchvision's {@code SqueezeExcitation}, after Hu et
 * al., "Squeeze-and-Excitation Networks" (2018).
 */
public final class SqueezeExcitation extends ScriptedLayer {
    private final Convolution squeeze;
    private final Activation activation;
    private final Convolution excite;
    private final Activation gate;

    /**
     * Creates one whose weights are drawn Kaiming normal by fan-out, and whose biases start at zero.
     *
     * @param channels of input and output
     * @param squeezed channels in between
     * @param activation of the squeezed channels
     * @param gate maps to the factors of the channels
     */
    public SqueezeExcitation(NDManager manager, int channels, int squeezed, Activation activation, Activation gate) {
        super(manager);
        squeeze = addLayer("fc1", Convolution.biased(manager, Geometry.pointwise(channels, squeezed)));
        excite = addLayer("fc2", Convolution.biased(manager, Geometry.pointwise(squeezed, channels)));
        this.activation = activation;
        this.gate = gate;
    }

    @Override
    protected void addTo(Program program) {
        program.gate(squeeze, activation, excite, gate);
    }
}
