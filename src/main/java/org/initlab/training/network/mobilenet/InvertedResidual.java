package org.initlab.training.network.mobilenet;

import ai.djl.ndarray.NDArray;
import org.initlab.training.network.layers.Convolution.Geometry;
import org.initlab.training.network.layers.Hardsigmoid;
import org.initlab.training.network.layers.Layer;
import org.initlab.training.network.layers.NormalizedConvolutions;
import org.initlab.training.network.layers.Relu;
import org.initlab.training.network.layers.Sequence;
import org.initlab.training.network.layers.SqueezeExcitation;
import org.initlab.training.network.vision.Channels;

/** Widens, convolves depthwise, may gate, and narrows again: torchvision's {@code InvertedResidual} of MobileNetV3. */
final class InvertedResidual extends Layer {
    private static final int SQUEEZE_RATIO = 4;

    private final Sequence block;
    private final boolean residual;

    InvertedResidual(NormalizedConvolutions convolutions, Hardsigmoid gate, Bottleneck shape) {
        residual = shape.residual();
        block = addLayer("block", new Sequence());
        int expanded = shape.expanded();
        if (expanded != shape.inputs()) {
            block.add(convolutions.activated(Geometry.pointwise(shape.inputs(), expanded)));
        }
        block.add(convolutions.activated(Geometry.depthwise(expanded, shape.kernel(), shape.stride())));
        if (shape.gated()) {
            int exact = expanded / SQUEEZE_RATIO;
            int squeezed = Channels.divisible(exact);
            block.add(new SqueezeExcitation(convolutions.manager(), expanded, squeezed, new Relu(), gate));
        }
        block.add(convolutions.linear(Geometry.pointwise(expanded, shape.outputs())));
    }

    @Override
    public NDArray apply(NDArray input, boolean training) {
        NDArray result = block.apply(input, training);
        return residual ? result.addi(input) : result;
    }
}
