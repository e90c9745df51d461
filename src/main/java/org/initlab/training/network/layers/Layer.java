package org.initlab.training.network.layers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.initializer.Initializer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.initlab.training.weights.NamedArrays;

/**
 * A part of a network, of one input and one output, whose parameters bear PyTorch's names and exist from its construction on;
 * {@code torch.nn.Module}. Arrays are owned as {@link org.initlab.training.engine.Managed} says.
 */
public abstract class Layer {
    private final Map<String, Parameter> own = new LinkedHashMap<>();
    private final Map<String, Layer> children = new LinkedHashMap<>();

    /**
     * Computes the output.
     *
     * @param input borrowed
     * @param training whether BatchNorm uses and updates by the batch's statistics, and dropout is on
     * @return new, in the input's manager
     */
    public abstract NDArray apply(NDArray input, boolean training);

    /**
     * Computes the output of an array that nobody else uses, in its place where the layer can and nothing is recorded.
     *
     * @param input owned from now on by this layer, which closes or returns it
     */
    public NDArray take(NDArray input, boolean training) {
        try (input) {
            return apply(input, training);
        }
    }

    /** Returns all parameters and buffers by the names of PyTorch's {@code state_dict()}, in its order. */
    public final Map<String, Parameter> parameters() {
        Map<String, Parameter> all = new LinkedHashMap<>(own);
        children.forEach((name, child) ->
                child.parameters().forEach((below, parameter) -> all.put(name + "." + below, parameter)));
        return all;
    }

    /**
     * Draws the first values of all parameters and buffers from PyTorch's generator, in their order.
     *
     * @param cpu where they are drawn whatever the device, so that equal seeds give equal values
     */
    public final void initialize(NDManager cpu) {
        for (Parameter parameter : parameters().values()) {
            NDArray array = parameter.array();
            try (NDArray drawn = parameter.initial().initialize(cpu, array.getShape(), DataType.FLOAT32)) {
                NamedArrays.copy(drawn, array);
            }
        }
    }

    final Map<String, Layer> children() {
        return children;
    }

    protected final <L extends Layer> L addLayer(String name, L layer) {
        children.put(name, layer);
        return layer;
    }

    /** Adds a tensor that an optimizer updates, zero at first. */
    protected final NDArray addParameter(NDManager manager, String name, Initializer initial, long... shape) {
        NDArray array = add(manager, name, initial, true, new Shape(shape));
        array.setRequiresGradient(true);
        return array;
    }

    /** Adds a tensor that no optimizer updates, zero at first. */
    protected final NDArray addBuffer(NDManager manager, String name, Initializer initial, long... shape) {
        return add(manager, name, initial, false, new Shape(shape));
    }

    private NDArray add(NDManager manager, String name, Initializer initial, boolean learnt, Shape shape) {
        NDArray array = allocate(manager, shape);
        own.put(name, new Parameter(array, initial, learnt));
        return array;
    }

    /** Four dimensions lie channels-last in memory, which the convolution kernels like best. */
    private static NDArray allocate(NDManager manager, Shape shape) {
        if (shape.dimension() != 4) {
            return manager.zeros(shape);
        }
        Shape channelsLast = new Shape(shape.get(0), shape.get(2), shape.get(3), shape.get(1));
        try (NDArray memory = manager.zeros(channelsLast)) {
            return memory.transpose(0, 3, 1, 2);
        }
    }

    /** Returns a second handle on an array's memory, for a layer that changes nothing. */
    static NDArray share(NDArray input) {
        return input.reshape(input.getShape());
    }
}
