package org.initlab.training.network.efficientnet;

import ai.djl.ndarray.NDArray;
import org.initlab.training.network.efficientnet.Scaling.Stage;
import org.initlab.training.network.layers.Convolution.Geometry;
import org.initlab.training.network.layers.Layer;
import org.initlab.training.network.layers.NormalizedConvolutions;
import org.initlab.training.network.layers.Sequence;
import org.initlab.training.network.layers.Sigmoid;
import org.initlab.training.network.layers.SqueezeExcitation;
import org.initlab.training.network.layers.StochasticDepth;

/**
 * Widens, convolves depthwise, gates and narrows again, with a residual connection if input and output have the same
 * shape: torchvision's {@code MBConv}.
 */
final class InvertedResidual extends Layer {
    private static final int SQUEEZE_RATIO = 4;

    private final Sequence block;
    private final StochasticDepth stochasticDepth;
    private final boolean residual;

    InvertedResidual(NormalizedConvolutions convolutions, Stage shape, double stochasticDepth) {
        residual = shape.stride() == 1 && shape.inputs() == shape.outputs();
        block = addLayer("block", block(convolutions, shape));
        this.stochasticDepth =
                addLayer("stochastic_depth", new StochasticDepth(convolutions.manager(), stochasticDepth));
    }

    private static Sequence block(NormalizedConvolutions convolutions, Stage shape) {
        int inputs = shape.inputs();
        int expanded = inputs * shape.expandRatio();
        Sequence block = new Sequence();
        if (expanded != inputs) {
            block.add(convolutions.activated(Geometry.pointwise(inputs, expanded)));
        }
        int squeezed = Math.max(1, inputs / SQUEEZE_RATIO);
        return block.add(convolutions.activated(Geometry.depthwise(expanded, shape.kernel(), shape.stride())))
                .add(new SqueezeExcitation(
                        convolutions.manager(), expanded, squeezed, convolutions.activation(), new Sigmoid()))
                .add(convolutions.linear(Geometry.pointwise(expanded, shape.outputs())));
    }

    @Override
    public NDArray apply(NDArray input, boolean training) {
        NDArray branch = block.apply(input, training);
        return residual ? stochasticDepth.take(branch, training).addi(input) : branch;
    }
}
