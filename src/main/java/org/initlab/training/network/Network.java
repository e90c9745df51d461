package org.initlab.training.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Map;
import java.util.Optional;
import org.initlab.training.engine.Backward;
import org.initlab.training.network.layers.Linear;
import org.initlab.training.network.layers.Parameter;

/**
 * A network without the head that makes it a binary classifier; arrays are owned as described in
 * {@link org.initlab.training.engine.Managed}.
 */
public interface Network {

    /**
     * Computes a batch's outputs.
     *
     * @param input in the form of the network's {@link Architecture#input}, float32, one entry per row in the first
     *     dimension; borrowed
     * @param training whether layers such as BatchNorm and dropout are in training mode
     * @return new, of shape (rows, {@link #outputs})
     * @throws org.initlab.training.spec.TrainingException if a training batch is too small
     */
    NDArray apply(NDArray input, boolean training);

    /** Returns the number of outputs per row: features, or the logits of another task. */
    int outputs();

    /** Returns what the network's tensors and its head's are called. */
    TensorNames names();

    /**
     * Returns the network's own last layer, if its one output is the logit; a head is then neither needed nor drawn. Its
     * tensors are among the {@link #parameters}.
     */
    default Optional<Linear> lastLayer() {
        return Optional.empty();
    }

    /** Returns the way to gradients that whoever trains all of the network has to take; empty if any will do. */
    default Optional<Backward> backward() {
        return Optional.empty();
    }

    /** Returns all parameters and buffers under the names of PyTorch's {@code state_dict()}, in its order. Those that are learnt stay the same arrays. */
    Map<String, Parameter> parameters();

    /**
     * Draws the initial values of all parameters and buffers from PyTorch's generator.
     *
     * @param cpu a manager on the CPU, where they are drawn whatever the device, so that equal seeds give equal values
     */
    void initialize(NDManager cpu);
}
