package org.initlab.training.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.ParameterList;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.Initializer;
import ai.djl.util.Pair;
import ai.djl.util.PairList;

/**
 * A block of one input and one output whose parameters bear PyTorch's names and exist from its construction on.
 *
 * <p>A network lives on one device, so that a layer uses its parameters where they are and needs no parameter store.
 */
abstract class Layer extends AbstractBlock {

    /**
     * Computes the output as a new array, or returns the input itself where the layer changes nothing, or scales it in place as
     * nothing is recorded; what arises in between is closed at once, as autograd keeps for itself what it needs.
     */
    abstract NDArray apply(NDArray input, boolean training);

    final <L extends Layer> L addLayer(String name, L layer) {
        // not addChildBlock, which puts a number before the name
        children.add(name, layer);
        return layer;
    }

    final Parameter addParameter(
            NDManager manager, String name, Parameter.Type type, Initializer initializer, long... shape) {
        boolean learnt = type != Parameter.Type.RUNNING_MEAN && type != Parameter.Type.RUNNING_VAR;
        return addParameter(Parameter.builder()
                .setName(name)
                .setType(type)
                .optShape(new Shape(shape))
                .optArray(allocate(manager, new Shape(shape)))
                .optInitializer(initializer)
                .optRequiresGrad(learnt)
                .build());
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

    /** Replaces one array of a chain by the next, and closes it unless it is the chain's input or goes on. */
    static NDArray next(NDArray input, NDArray current, NDArray next) {
        if (current != input && current != next) {
            current.close();
        }
        return next;
    }

    /** Returns all parameters and running statistics by the names of PyTorch's {@code state_dict()}, in its order. */
    @Override
    public final ParameterList getParameters() {
        ParameterList all = getDirectParameters();
        for (Pair<String, Block> child : getChildren()) {
            for (Pair<String, Parameter> parameter : child.getValue().getParameters()) {
                all.add(child.getKey() + "." + parameter.getKey(), parameter.getValue());
            }
        }
        return all;
    }

    @Override
    protected final NDList forwardInternal(
            ParameterStore parameterStore, NDList inputs, boolean training, PairList<String, Object> params) {
        return new NDList(apply(inputs.singletonOrThrow(), training));
    }

    @Override
    protected final void initializeChildBlocks(NDManager manager, DataType dataType, Shape... inputShapes) {
        Shape[] shapes = inputShapes;
        for (Block child : getChildren().values()) {
            child.initialize(manager, dataType, shapes);
            shapes = child.getOutputShapes(shapes);
        }
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
        Shape[] shapes = inputShapes;
        for (Block child : getChildren().values()) {
            shapes = child.getOutputShapes(shapes);
        }
        return shapes;
    }
}
