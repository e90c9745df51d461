package org.initlab.training.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Map;
import org.initlab.training.network.layers.Parameter;

/** A network without the head that makes it a binary classifier; arrays are owned as {@link org.initlab.training.engine.Managed} says. */
public interface Network {

    /**
     * Computes a batch's outputs.
     *
     * @param input as the network's {@link Architecture#input} asks for it, float32, its first dimension the batch's rows; borrowed
     * @param training whether layers such as BatchNorm and dropout are in training mode
     * @return new, of shape (rows, {@link #outputs})
     * @throws org.initlab.training.spec.TrainingException if a training batch is too small
     */
    NDArray apply(NDArray input, boolean training);

    /** Returns how many values a row's output has: features, or the logits of another task. */
    int outputs();

    /** Returns all parameters and buffers by the names of PyTorch's {@code state_dict()}, in its order. */
    Map<String, Parameter> parameters();

    /**
     * Draws the first values of all parameters and buffers from PyTorch's generator.
     *
     * @param cpu where they are drawn whatever the device, so that equal seeds give equal values
     */
    void initialize(NDManager cpu);
}
