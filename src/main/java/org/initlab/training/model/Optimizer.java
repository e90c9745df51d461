package org.initlab.training.model;

import org.initlab.training.OptimizerSpec;
import org.initlab.training.weights.StateDict;

/** Updates a classifier's parameters from the gradients of a backward pass; {@code torch.optim}'s formulas. */
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

    /** Applies the gradients and sets them to zero. */
    void step();

    /** Copies what the next step depends on beside the parameters; PyTorch's names, before the parameter's own. */
    StateDict stateDict();

    /**
     * Goes on from a state.
     *
     * @param state from {@link #stateDict()} of an optimizer of this type for this architecture
     * @throws org.initlab.training.TrainingException naming every missing, unknown or misshapen tensor; nothing is set
     */
    void load(StateDict state);

    @Override
    void close();
}
