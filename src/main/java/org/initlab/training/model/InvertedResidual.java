package org.initlab.training.model;

import ai.djl.ndarray.NDArray;

/**
 * Widens, convolves depthwise, gates and narrows again, around a residual connection where input and output agree:
 * torchvision's {@code MBConv}.
 */
final class InvertedResidual extends Layer {
    private static final int SQUEEZE_RATIO = 4;

    private final Sequence block;
    private final StochasticDepth stochasticDepth;
    private final boolean residual;

    InvertedResidual(LayerContext context, Architecture.Stage shape, double stochasticDepth) {
        residual = shape.stride() == 1 && shape.inputs() == shape.outputs();
        block = addLayer("block", block(context, shape));
        this.stochasticDepth = addLayer("stochastic_depth", new StochasticDepth(stochasticDepth));
    }

    private static Sequence block(LayerContext context, Architecture.Stage shape) {
        int inputs = shape.inputs();
        int expanded = inputs * shape.expandRatio();
        Sequence block = new Sequence();
        if (expanded != inputs) {
            block.add(ConvNormActivation.activated(context, Convolution.Geometry.pointwise(inputs, expanded)));
        }
        return block.add(ConvNormActivation.activated(
                        context, Convolution.Geometry.depthwise(expanded, shape.kernel(), shape.stride())))
                .add(new SqueezeExcitation(context, expanded, Math.max(1, inputs / SQUEEZE_RATIO)))
                .add(ConvNormActivation.linear(context, Convolution.Geometry.pointwise(expanded, shape.outputs())));
    }

    @Override
    NDArray apply(NDArray input, boolean training) {
        NDArray branch = block.apply(input, training);
        if (!residual) {
            return branch;
        }
        return next(input, branch, stochasticDepth.apply(branch, training)).addi(input);
    }
}
