package org.initlab.training.network.layers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.initializer.Initializer;
import ai.djl.training.initializer.NormalInitializer;
import ai.djl.training.initializer.UniformInitializer;
import org.initlab.training.weights.NamedArrays;

/** An affine map of rows: {@code torch.nn.Linear}. */
public final class Linear extends Layer {
    private final NDArray weight;
    private final NDArray bias;

    private Linear(NDManager manager, int inputs, int outputs, Initializer weightDraw, Initializer biasDraw) {
        weight = addParameter(manager, "weight", weightDraw, outputs, inputs);
        bias = addParameter(manager, "bias", biasDraw, outputs);
    }

    private Linear(NDArray weight, NDArray bias) {
        this.weight = weight;
        this.bias = bias;
    }

    /**
     * Gives access to one that is part of a module, whose parameters they stay.
     *
     * @param weight of shape (outputs, inputs); borrowed as long as the layer is used
     * @param bias of shape (outputs); borrowed as long as the layer is used
     */
    public static Linear of(NDArray weight, NDArray bias) {
        return new Linear(weight, bias);
    }

    /** Creates one initialised like PyTorch's default: weight and bias uniform in ±1/√inputs. */
    public static Linear pytorchDefault(NDManager manager, int inputs, int outputs) {
        Initializer uniform = uniform(inputs);
        return new Linear(manager, inputs, outputs, uniform, uniform);
    }

    /** Creates one initialised like torchvision's EfficientNet classifier: weight uniform in ±1/√outputs, bias zero. */
    public static Linear uniformByOutputs(NDManager manager, int inputs, int outputs) {
        return new Linear(manager, inputs, outputs, uniform(outputs), Initializer.ZEROS);
    }

    /** Creates one whose weights are drawn normal with a deviation, and whose bias starts at zero. */
    public static Linear normal(NDManager manager, int inputs, int outputs, double deviation) {
        return new Linear(manager, inputs, outputs, new NormalInitializer((float) deviation), Initializer.ZEROS);
    }

    private static Initializer uniform(int features) {
        return new UniformInitializer((float) (1 / Math.sqrt(features)));
    }

    @Override
    public NDArray apply(NDArray input, boolean training) {
        return ai.djl.nn.core.Linear.linear(input, weight, bias).singletonOrThrow();
    }

    /** Sets the weight to 0. */
    public void zeroWeight() {
        try (NDArray zeros = weight.zerosLike()) {
            NamedArrays.copy(zeros, weight);
        }
    }

    /** Returns the bias, of shape (outputs). */
    public NDArray bias() {
        return bias;
    }
}
