package org.initlab.training.network.layers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.initializer.Initializer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.initlab.training.engine.Backward;
import org.initlab.training.engine.ChannelsLast;
import org.initlab.training.weights.NamedArrays;

/**
 * A part of a network with one input and one output, whose parameters have PyTorch's names and exist once it is
 * constructed: {@code torch.nn.Module}. Arrays are owned as described in {@link org.initlab.training.engine.Managed}.
 */
public abstract class Layer {
    private final Map<String, Parameter> own = new LinkedHashMap<>();
    private final Map<String, Layer> children = new LinkedHashMap<>();

    /**
     * Computes the output.
     *
     * @param input borrowed
     * @param training whether BatchNorm uses the batch's statistics and updates its own, and dropout is on
     * @return new, in the input's manager
     */
    public abstract NDArray apply(NDArray input, boolean training);

    /**
     * Computes the output of an array that nobody else uses, in place if the layer can and autograd is not recording.
     *
     * @param input owned from now on by this layer, which closes or returns it
     */
    public NDArray take(NDArray input, boolean training) {
        try (input) {
            return apply(input, training);
        }
    }

    /** Returns the way to gradients that whoever trains with this layer has to take from now on; empty if any will do. */
    public Optional<Backward> backward() {
        return Optional.empty();
    }

    /** Returns all parameters and buffers under the names of PyTorch's {@code state_dict()}, in its order. */
    public final Map<String, Parameter> parameters() {
        Map<String, Parameter> all = new LinkedHashMap<>(own);
        children.forEach((name, child) ->
                child.parameters().forEach((below, parameter) -> all.put(name + "." + below, parameter)));
        return all;
    }

    /**
     * Draws the initial values of all parameters and buffers from PyTorch's generator, in their order.
     *
     * @param cpu a manager on the CPU, where they are drawn whatever the device, so that equal seeds give equal values
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

    /** Adds a tensor that an optimizer updates, initially zero. */
    protected final NDArray addParameter(NDManager manager, String name, Initializer initial, long... shape) {
        NDArray array = add(manager, name, initial, true, new Shape(shape));
        array.setRequiresGradient(true);
        return array;
    }

    /** Adds a tensor that no optimizer updates, initially zero. */
    protected final NDArray addBuffer(NDManager manager, String name, Initializer initial, long... shape) {
        return add(manager, name, initial, false, new Shape(shape));
    }

    private NDArray add(NDManager manager, String name, Initializer initial, boolean learnt, Shape shape) {
        NDArray array = ChannelsLast.zeros(manager, shape);
        own.put(name, new Parameter(array, initial, learnt));
        return array;
    }

    /** Returns a second handle on an array's memory, for a layer that changes nothing. */
    static NDArray share(NDArray input) {
        return input.reshape(input.getShape());
    }
}
