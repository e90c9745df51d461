package org.initlab.training.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.training.initializer.Initializer;
import ai.djl.training.initializer.NormalInitializer;

/** A convolution of images, padded so that a stride of 1 keeps their size: {@code torch.nn.Conv2d}. */
final class Convolution extends Layer {
    private static final Shape DILATION = new Shape(1, 1);

    private final Geometry geometry;
    private final Parameter weight;
    private final Parameter bias;

    /**
     * What a convolution maps to what.
     *
     * @param inputs channels
     * @param outputs channels
     * @param kernel height and width
     * @param stride in both directions
     * @param groups of channels that don't mix
     */
    record Geometry(int inputs, int outputs, int kernel, int stride, int groups) {
        static Geometry pointwise(int inputs, int outputs) {
            return new Geometry(inputs, outputs, 1, 1, 1);
        }

        static Geometry depthwise(int channels, int kernel, int stride) {
            return new Geometry(channels, channels, kernel, stride, channels);
        }

        private boolean isPointwise() {
            return kernel == 1 && stride == 1 && groups == 1;
        }

        private boolean isDepthwise() {
            return groups == inputs && groups == outputs;
        }

        private int padding() {
            return (kernel - 1) / 2;
        }

        private long outputSize(long inputSize) {
            return (inputSize + 2L * padding() - kernel) / stride + 1;
        }

        private Initializer kaimingNormalFanOut() {
            return new NormalInitializer((float) Math.sqrt(2.0 / (outputs * kernel * kernel)));
        }
    }

    Convolution(NDManager manager, Geometry geometry, boolean withBias) {
        this.geometry = geometry;
        long inputsOfGroup = geometry.inputs / geometry.groups;
        weight = addParameter(
                manager,
                "weight",
                Parameter.Type.WEIGHT,
                geometry.kaimingNormalFanOut(),
                geometry.outputs,
                inputsOfGroup,
                geometry.kernel,
                geometry.kernel);
        bias = withBias
                ? addParameter(manager, "bias", Parameter.Type.BIAS, Initializer.ZEROS, geometry.outputs)
                : null;
    }

    @Override
    NDArray apply(NDArray input, boolean training) {
        if (geometry.isPointwise()) {
            return multiplyRows(input);
        }
        if (geometry.isDepthwise() && input.size() == input.getShape().get(0) * geometry.inputs) {
            return scaleChannels(input);
        }
        return Conv2d.conv2d(
                        input,
                        weight.getArray(),
                        bias == null ? null : bias.getArray(),
                        new Shape(geometry.stride, geometry.stride),
                        new Shape(geometry.padding(), geometry.padding()),
                        DILATION,
                        geometry.groups)
                .singletonOrThrow();
    }

    /** A row a pixel times the weights: of channels-last memory a view, and faster than the convolution's kernels. */
    private NDArray multiplyRows(NDArray input) {
        Shape shape = input.getShape();
        try (NDArray matrix = weight.getArray().reshape(geometry.outputs, geometry.inputs);
                NDArray pixels = input.transpose(0, 2, 3, 1);
                NDArray rows = pixels.reshape(-1, geometry.inputs);
                NDArray products = ai.djl.nn.core.Linear.linear(rows, matrix, bias == null ? null : bias.getArray())
                        .singletonOrThrow();
                NDArray images = products.reshape(shape.get(0), shape.get(2), shape.get(3), geometry.outputs)) {
            return images.transpose(0, 3, 1, 2);
        }
    }

    /** Of one pixel the kernel's centre sees all there is, the rest the padding. */
    private NDArray scaleChannels(NDArray input) {
        int centre = geometry.padding();
        try (NDArray centres = weight.getArray().get(":, 0, " + centre + ", " + centre);
                NDArray factors = centres.reshape(1, geometry.inputs, 1, 1)) {
            return input.mul(factors);
        }
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
        Shape input = inputShapes[0];
        return new Shape[] {
            new Shape(
                    input.get(0),
                    geometry.outputs,
                    geometry.outputSize(input.get(2)),
                    geometry.outputSize(input.get(3)))
        };
    }
}
