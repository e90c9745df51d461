package org.initlab.training.model;

import ai.djl.ndarray.NDArray;
import org.initlab.training.spec.OptimizerSpec;
import org.initlab.training.weights.StateDict;

/** Computes a loss's gradients and updates a classifier's parameters by them; {@code torch.optim}'s formulas. */
public interface Optimizer extends AutoCloseable {

    /**
     * Makes the optimizer that a spec asks for.
     *
     * @param spec the rule and its constants
     * @param classifier whose parameters it updates; has to stay open as long
     */
    static Optimizer of(OptimizerSpec spec, BinaryClassifier classifier) {
        return switch (spec.type()) {
            case SGD -> new Sgd(spec, classifier.learntArrays(), classifier.manager());
            case ADAM, ADAMW -> new Adam(spec, classifier.learntArrays(), classifier.manager());
        };
    }

    /**
     * Computes the gradients for the next step.
     *
     * @param loss a scalar that was computed from the parameters while autograd recorded; its graph is freed
     */
    void backward(NDArray loss);

    /** Applies the gradients of the last backward pass, once. */
    void step();

    /** Copies what the next step depends on beside the parameters; PyTorch's names, before the parameter's own. */
    StateDict stateDict();

    /**
     * Goes on from a state.
     *
     * @param state from {@link #stateDict()} of an optimizer of this type for this architecture
     * @throws org.initlab.training.spec.TrainingException naming every missing, unknown or misshapen tensor; nothing is set
     */
    void load(StateDict state);

    @Override
    void close();
}
