package org.initlab.training.network.resnet;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import org.initlab.training.network.layers.BatchNorm;
import org.initlab.training.network.layers.Convolution;
import org.initlab.training.network.layers.Convolution.Geometry;
import org.initlab.training.network.layers.Layer;
import org.initlab.training.network.layers.Relu;
import org.initlab.training.network.layers.Sequence;
import org.jspecify.annotations.Nullable;

/**
 * Convolutions whose input is added to their output, projected if the two differ in shape: torchvision's
 * {@code BasicBlock} and {@code Bottleneck}.
 */
final class ResidualBlock extends Layer {
    private static final int EXPANSION = 4;
    private static final Relu RELU = new Relu();

    private final Sequence branch = new Sequence();
    private final @Nullable Sequence projection;
    private final int outputs;

    private ResidualBlock(NDManager manager, List<Geometry> convolutions, int stride) {
        int inputs = convolutions.get(0).inputs();
        for (int i = 0; i < convolutions.size(); i++) {
            if (i > 0) {
                branch.add(RELU);
            }
            Geometry geometry = convolutions.get(i);
            branch.add(addLayer("conv" + (i + 1), Convolution.unbiased(manager, geometry)));
            branch.add(addLayer("bn" + (i + 1), norm(manager, geometry.outputs())));
        }
        outputs = convolutions.get(convolutions.size() - 1).outputs();
        projection = stride == 1 && inputs == outputs
                ? null
                : addLayer(
                        "downsample",
                        new Sequence()
                                .add(Convolution.unbiased(manager, new Geometry(inputs, outputs, 1, stride, 1)))
                                .add(norm(manager, outputs)));
    }

    static ResidualBlock basic(NDManager manager, int inputs, int width, int stride) {
        List<Geometry> convolutions =
                List.of(new Geometry(inputs, width, 3, stride, 1), new Geometry(width, width, 3, 1, 1));
        return new ResidualBlock(manager, convolutions, stride);
    }

    /** The 3×3 convolution has the stride, as in torchvision ("ResNet V1.5"). */
    static ResidualBlock bottleneck(NDManager manager, int inputs, int width, int stride) {
        List<Geometry> convolutions = List.of(
                Geometry.pointwise(inputs, width),
                new Geometry(width, width, 3, stride, 1),
                Geometry.pointwise(width, EXPANSION * width));
        return new ResidualBlock(manager, convolutions, stride);
    }

    private static BatchNorm norm(NDManager manager, int channels) {
        return new BatchNorm(manager, channels, BatchNorm.Constants.DEFAULT);
    }

    /** Returns the number of output channels. */
    int outputs() {
        return outputs;
    }

    @Override
    public NDArray apply(NDArray input, boolean training) {
        NDArray sum = branch.apply(input, training);
        if (projection == null) {
            return RELU.take(sum.addi(input), training);
        }
        try (NDArray projected = projection.apply(input, training)) {
            return RELU.take(sum.addi(projected), training);
        }
    }
}
