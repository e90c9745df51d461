package org.initlab.training.network.efficientnet;

import org.initlab.training.network.efficientnet.Scaling.Stage;
import org.initlab.training.network.layers.Activation;
import org.initlab.training.network.layers.Chain;
import org.initlab.training.network.layers.Convolution.Geometry;
import org.initlab.training.network.layers.NormalizedConvolution;
import org.initlab.training.network.layers.Program;
import org.initlab.training.network.layers.ScriptedLayer;
import org.initlab.training.network.layers.SqueezeExcitation;
import org.initlab.training.network.layers.StochasticDepth;

/**
 * Widens, convolves depthwise, gates and narrows again, with a residual connection if input and output have the same
 * shape: torchvision's {@code MBConv}.
 */
final class InvertedResidual extends ScriptedLayer {
    private static final int SQUEEZE_RATIO = 4;

    private final Chain block;
    private final StochasticDepth stochasticDepth;
    private final boolean residual;

    InvertedResidual(NormalizedConvolution.Style style, Stage shape, double stochasticDepth) {
        super(style.manager());
        residual = shape.stride() == 1 && shape.inputs() == shape.outputs();
        block = addLayer("block", block(style, shape));
        this.stochasticDepth = addLayer("stochastic_depth", new StochasticDepth(style.manager(), stochasticDepth));
    }

    private static Chain block(NormalizedConvolution.Style style, Stage shape) {
        int inputs = shape.inputs();
        int expanded = inputs * shape.expandRatio();
        Chain block = new Chain(style.manager());
        if (expanded != inputs) {
            block.add(style.activated(Geometry.pointwise(inputs, expanded)));
        }
        int squeezed = Math.max(1, inputs / SQUEEZE_RATIO);
        return block.add(style.activated(Geometry.depthwise(expanded, shape.kernel(), shape.stride())))
                .add(new SqueezeExcitation(style.manager(), expanded, squeezed, style.activation(), Activation.SIGMOID))
                .add(style.linear(Geometry.pointwise(expanded, shape.outputs())));
    }

    @Override
    protected void addTo(Program program) {
        if (residual) {
            program.keep();
        }
        program.add(block);
        if (residual) {
            program.add(stochasticDepth);
            program.addKept();
        }
    }
}
