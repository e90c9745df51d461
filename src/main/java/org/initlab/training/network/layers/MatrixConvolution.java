package org.initlab.training.network.layers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

/**
 * A convolution that is computed without the convolution's kernels where its geometry allows. In networks of many narrow layers,
 * such as EfficientNet, that is faster; in ResNet it is slower. The numbers differ by float32's rounding.
 */
public final class MatrixConvolution extends Convolution {
    private MatrixConvolution(NDManager manager, Geometry geometry, boolean withBias) {
        super(manager, geometry, withBias);
    }

    /** Makes one without a bias, whose weights start Kaiming normal by fan-out, for a ReLU. */
    public static MatrixConvolution unbiased(NDManager manager, Geometry geometry) {
        return new MatrixConvolution(manager, geometry, false);
    }

    /** Makes one whose weights start Kaiming normal by fan-out, and whose bias starts at zero. */
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

    /** A row a pixel times the weights: of channels-last memory a view. */
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

    /** Of one pixel the kernel's centre sees all there is, the rest the padding. */
    private NDArray scaleChannels(NDArray input) {
        int centre = geometry.padding();
        try (NDArray centres = weight.get(":, 0, " + centre + ", " + centre);
                NDArray factors = centres.reshape(1, geometry.inputs(), 1, 1)) {
            return input.mul(factors);
        }
    }
}
