package org.initlab.training.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.initializer.Initializer;
import ai.djl.training.initializer.UniformInitializer;

/** An affine map of rows: {@code torch.nn.Linear}. */
final class Linear extends Layer {
    private final int outputs;
    private final Parameter weight;
    private final Parameter bias;

    private Linear(NDManager manager, int inputs, int outputs, Initializer weightDraw, Initializer biasDraw) {
        this.outputs = outputs;
        weight = addParameter(manager, "weight", Parameter.Type.WEIGHT, weightDraw, outputs, inputs);
        bias = addParameter(manager, "bias", Parameter.Type.BIAS, biasDraw, outputs);
    }

    /** Starts as PyTorch's default: weight and bias uniform in ±1/√inputs. */
    static Linear pytorchDefault(NDManager manager, int inputs, int outputs) {
        Initializer uniform = uniform(inputs);
        return new Linear(manager, inputs, outputs, uniform, uniform);
    }

    /** Starts as torchvision's EfficientNet has its classifier: weight uniform in ±1/√outputs, bias zero. */
    static Linear torchvisionClassifier(NDManager manager, int inputs, int outputs) {
        return new Linear(manager, inputs, outputs, uniform(outputs), Initializer.ZEROS);
    }

    private static Initializer uniform(int features) {
        return new UniformInitializer((float) (1 / Math.sqrt(features)));
    }

    @Override
    NDArray apply(NDArray input, boolean training) {
        return ai.djl.nn.core.Linear.linear(input, weight.getArray(), bias.getArray())
                .singletonOrThrow();
    }

    NDArray bias() {
        return bias.getArray();
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
        return new Shape[] {new Shape(inputShapes[0].get(0), outputs)};
    }
}
