package org.initlab.training.optimizer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Map;
import java.util.Optional;
import org.initlab.training.engine.Backward;
import org.initlab.training.engine.Managed;
import org.initlab.training.spec.OptimizerSpec;
import org.initlab.training.weights.StateDict;

/** Computes a loss's gradients and updates parameters with them, by {@code torch.optim}'s formulas. */
public interface Optimizer extends AutoCloseable {

    /**
     * Creates the optimizer that a spec asks for.
     *
     * @param spec the rule and its constants
     * @param parameters the arrays to update, by name; they must stay open and the same as long as the optimizer is
     *     open
     * @param backward the way to their gradients; empty for {@code torch.autograd.grad}
     * @param parent the parent of the manager that owns its state
     */
    static Optimizer of(
            OptimizerSpec spec, Map<String, NDArray> parameters, Optional<Backward> backward, NDManager parent) {
        NDManager manager = parent.newSubManager();
        return Managed.build(manager, () -> {
            if (spec instanceof OptimizerSpec.Sgd) {
                return new Sgd(spec, parameters, backward, manager);
            }
            if (spec instanceof OptimizerSpec.Adam || spec instanceof OptimizerSpec.AdamW) {
                return new Adam(spec, parameters, backward, manager);
            }
            throw new IllegalArgumentException("no optimizer is of the type " + spec.type());
        });
    }

    /**
     * Computes the gradients for the next step.
     *
     * @param loss a scalar computed from the parameters while autograd was recording; its graph is freed
     */
    void backward(NDArray loss);

    /**
     * Scales the gradients of the last backward pass down, as {@code clip_grad_norm_} does; nothing waits for the device.
     *
     * @param most the largest L2 norm of all gradients together, above 0; a norm that is not finite makes them NaN or 0
     */
    void clipGradientNorm(double most);

    /**
     * Applies the gradients of the last backward pass, once.
     *
     * @param learningRate the learning rate of this step
     */
    void step(double learningRate);

    /**
     * Copies what the next step depends on besides the parameters; each name is PyTorch's, followed by the parameter's.
     */
    StateDict stateDict();

    /**
     * Continues from a state.
     *
     * @param state from {@link #stateDict()} of an optimizer of the same type, for parameters of the same names and
     *     shapes
     * @throws org.initlab.training.spec.TrainingException naming every tensor that is missing, unknown or of the wrong
     *     shape; then nothing is set
     */
    void load(StateDict state);

    @Override
    void close();
}
