package org.initlab.training.network.layers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.initializer.Initializer;

/** Normalises the last dimension of each row or pixel: {@code torch.nn.LayerNorm}. */
public sealed class LayerNorm extends Layer permits LayerNorm2d {
    private final Shape normalized;
    private final double epsilon;
    private final NDArray weight;
    private final NDArray bias;

    /**
     * Creates one that starts with weights of 1 and biases of 0.
     *
     * @param features the length of the last dimension
     * @param epsilon added to the variance
     */
    public LayerNorm(NDManager manager, int features, double epsilon) {
        normalized = new Shape(features);
        this.epsilon = epsilon;
        weight = addParameter(manager, "weight", Initializer.ONES, features);
        bias = addParameter(manager, "bias", Initializer.ZEROS, features);
    }

    @Override
    public NDArray apply(NDArray input, boolean training) {
        return JniUtils.layerNorm((PtNDArray) input, normalized, (PtNDArray) weight, (PtNDArray) bias, epsilon);
    }
}
