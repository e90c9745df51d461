package org.initlab.training.network.layers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.training.initializer.Initializer;
import ai.djl.training.initializer.NormalInitializer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A convolution of images, padded so that a stride of 1 keeps their size unless its squares don't overlap:
 * {@code torch.nn.Conv2d}.
 */
public final class Convolution extends Layer {
    private static final Shape DILATION = new Shape(1, 1);

    final Geometry geometry;
    final NDArray weight;
    private final @Nullable NDArray bias;

    /**
     * The dimensions of a convolution.
     *
     * @param inputs input channels
     * @param outputs output channels
     * @param kernel height and width
     * @param stride in both directions
     * @param groups the number of groups of channels that don't mix
     */
    public record Geometry(int inputs, int outputs, int kernel, int stride, int groups) {
        public static Geometry pointwise(int inputs, int outputs) {
            return new Geometry(inputs, outputs, 1, 1, 1);
        }

        public static Geometry depthwise(int channels, int kernel, int stride) {
            return new Geometry(channels, channels, kernel, stride, channels);
        }

        /** Makes one pixel of each square of this size; a rest at the border is left out. */
        public static Geometry patches(int inputs, int outputs, int size) {
            return new Geometry(inputs, outputs, size, size, 1);
        }

        int padding() {
            return kernel == stride ? 0 : (kernel - 1) / 2;
        }

        Initializer kaimingNormalFanOut() {
            return new NormalInitializer((float) Math.sqrt(2.0 / (outputs * kernel * kernel)));
        }
    }

    private Convolution(NDManager manager, Geometry geometry, Initializer initial, boolean withBias) {
        this.geometry = geometry;
        long inputsOfGroup = geometry.inputs / geometry.groups;
        weight = addParameter(
                manager, "weight", initial, geometry.outputs, inputsOfGroup, geometry.kernel, geometry.kernel);
        bias = withBias ? addParameter(manager, "bias", Initializer.ZEROS, geometry.outputs) : null;
    }

    /** Creates one without a bias; its weights are drawn Kaiming normal by fan-out, for a ReLU. */
    public static Convolution unbiased(NDManager manager, Geometry geometry) {
        return new Convolution(manager, geometry, geometry.kaimingNormalFanOut(), false);
    }

    /** Creates one whose weights are drawn Kaiming normal by fan-out, for a ReLU, and whose bias starts at zero. */
    static Convolution biased(NDManager manager, Geometry geometry) {
        return new Convolution(manager, geometry, geometry.kaimingNormalFanOut(), true);
    }

    /** Creates one whose weights are drawn normal with a deviation, and whose bias starts at zero. */
    public static Convolution normal(NDManager manager, Geometry geometry, double deviation) {
        return new Convolution(manager, geometry, new NormalInitializer((float) deviation), true);
    }

    NDArray bias() {
        return Objects.requireNonNull(bias, "a convolution without a bias");
    }

    @Override
    public NDArray apply(NDArray input, boolean training) {
        return Conv2d.conv2d(
                        input,
                        weight,
                        bias,
                        new Shape(geometry.stride, geometry.stride),
                        new Shape(geometry.padding(), geometry.padding()),
                        DILATION,
                        geometry.groups)
                .singletonOrThrow();
    }
}
