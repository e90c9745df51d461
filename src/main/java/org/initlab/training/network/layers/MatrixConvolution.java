package org.initlab.training.network.layers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

/**
 * A convolution computed without convolution kernels if its geometry allows. That is faster in networks of many narrow
 * layers, such as EfficientNet, and slower in ResNet. The numbers differ by float32 rounding.
 */
public final class MatrixConvolution extends Convolution {
    private MatrixConvolution(NDManager manager, Geometry geometry, boolean withBias) {
        super(manager, geometry, geometry.kaimingNormalFanOut(), withBias);
    }

    /** Creates one without a bias; its weights are drawn Kaiming normal by fan-out, for a ReLU. */
    public static MatrixConvolution unbiased(NDManager manager, Geometry geometry) {
        return new MatrixConvolution(manager, geometry, false);
    }

    /** Creates one whose weights are drawn Kaiming normal by fan-out, and whose bias starts at zero. */
    public static MatrixConvolution biased(NDManager manager, Geometry geometry) {
        return new MatrixConvolution(manager, geometry, true);
    }

    @Override
    public NDArray apply(NDArray input, boolean training) {
        if (geometry.isPointwise()) {
            return multiplyRows(input);
        }
        if (geometry.isDepthwise() && input.size() == input.getShape().get(0) * geometry.inputs()) {
            return scaleChannels(input);
        }
        return super.apply(input, training);
    }

    /** Multiplies one row per pixel by the weights; in channels-last memory the rows are a view. */
    private NDArray multiplyRows(NDArray input) {
        Shape shape = input.getShape();
        try (NDArray matrix = weight.reshape(geometry.outputs(), geometry.inputs());
                NDArray pixels = input.transpose(0, 2, 3, 1);
                NDArray rows = pixels.reshape(-1, geometry.inputs());
                NDArray products =
                        ai.djl.nn.core.Linear.linear(rows, matrix, bias).singletonOrThrow();
                NDArray images = products.reshape(shape.get(0), shape.get(2), shape.get(3), geometry.outputs())) {
            return images.transpose(0, 3, 1, 2);
        }
    }

    /** On an image of one pixel only the kernel's centre sees it; the rest sees padding. */
    private NDArray scaleChannels(NDArray input) {
        int centre = geometry.padding();
        try (NDArray centres = weight.get(":, 0, " + centre + ", " + centre);
                NDArray factors = centres.reshape(1, geometry.inputs(), 1, 1)) {
            return input.mul(factors);
        }
    }
}
