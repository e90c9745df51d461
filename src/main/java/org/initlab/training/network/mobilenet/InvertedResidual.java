package org.initlab.training.network.mobilenet;

import org.initlab.training.network.layers.Activation;
import org.initlab.training.network.layers.Chain;
import org.initlab.training.network.layers.Convolution.Geometry;
import org.initlab.training.network.layers.NormalizedConvolution;
import org.initlab.training.network.layers.Program;
import org.initlab.training.network.layers.ScriptedLayer;
import org.initlab.training.network.layers.SqueezeExcitation;
import org.initlab.training.network.vision.Channels;

/** Widens, convolves depthwise, may gate, and narrows again: torchvision's {@code InvertedResidual} of MobileNetV3. */
final class InvertedResidual extends ScriptedLayer {
    private static final int SQUEEZE_RATIO = 4;

    private final Chain block;
    private final boolean residual;

    InvertedResidual(NormalizedConvolution.Style style, Bottleneck shape) {
        super(style.manager());
        residual = shape.residual();
        block = addLayer("block", new Chain(style.manager()));
        int expanded = shape.expanded();
        if (expanded != shape.inputs()) {
            block.add(style.activated(Geometry.pointwise(shape.inputs(), expanded)));
        }
        block.add(style.activated(Geometry.depthwise(expanded, shape.kernel(), shape.stride())));
        if (shape.gated()) {
            int exact = expanded / SQUEEZE_RATIO;
            int squeezed = Channels.divisible(exact);
            block.add(new SqueezeExcitation(
                    style.manager(), expanded, squeezed, Activation.RELU, Activation.HARDSIGMOID));
        }
        block.add(style.linear(Geometry.pointwise(expanded, shape.outputs())));
    }

    @Override
    protected void addTo(Program program) {
        if (residual) {
            program.keep();
        }
        program.add(block);
        if (residual) {
            program.addKept();
        }
    }
}
