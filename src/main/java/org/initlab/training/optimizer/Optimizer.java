package org.initlab.training.optimizer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Map;
import org.initlab.training.engine.Managed;
import org.initlab.training.spec.OptimizerSpec;
import org.initlab.training.weights.StateDict;

/** Computes a loss's gradients and updates parameters by them; {@code torch.optim}'s formulas. */
public interface Optimizer extends AutoCloseable {

    /**
     * Makes the optimizer that a spec asks for.
     *
     * @param spec the rule and its constants
     * @param parameters what it updates, by name; they have to stay open and the same as long as the optimizer is open
     * @param parent of the manager that owns its state
     */
    static Optimizer of(OptimizerSpec spec, Map<String, NDArray> parameters, NDManager parent) {
        NDManager manager = parent.newSubManager();
        return Managed.build(manager, () -> {
            if (spec instanceof OptimizerSpec.Sgd) {
                return new Sgd(spec, parameters, manager);
            }
            if (spec instanceof OptimizerSpec.Adam || spec instanceof OptimizerSpec.AdamW) {
                return new Adam(spec, parameters, manager);
            }
            throw new IllegalArgumentException("no optimizer is of the type " + spec.type());
        });
    }

    /**
     * Computes the gradients for the next step.
     *
     * @param loss a scalar that was computed from the parameters while autograd recorded; its graph is freed
     */
    void backward(NDArray loss);

    /**
     * Applies the gradients of the last backward pass, once.
     *
     * @param learningRate of this step
     */
    void step(double learningRate);

    /** Copies what the next step depends on beside the parameters; PyTorch's names, before the parameter's own. */
    StateDict stateDict();

    /**
     * Goes on from a state.
     *
     * @param state from {@link #stateDict()} of an optimizer of this type for parameters of these names and shapes
     * @throws org.initlab.training.spec.TrainingException naming every missing, unknown or misshapen tensor; nothing is set
     */
    void load(StateDict state);

    @Override
    void close();
}
