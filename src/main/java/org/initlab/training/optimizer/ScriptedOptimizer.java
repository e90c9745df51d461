package org.initlab.training.optimizer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.IValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.initlab.training.engine.Backward;
import org.initlab.training.engine.TorchScript;
import org.initlab.training.weights.NamedArrays;
import org.initlab.training.weights.StateDict;
import org.jspecify.annotations.Nullable;

/** An optimizer whose step is one call into PyTorch for all parameters, a method of {@code optimizers.pt}. */
abstract class ScriptedOptimizer implements Optimizer {
    private static final String NO_BACKWARD = "no backward pass";

    private final Map<String, NDArray> parameters;
    private final Map<String, NDArray> states = new LinkedHashMap<>();
    private final List<Supplier<IValue>> stateArguments = new ArrayList<>();
    private final NDManager manager;
    private final TorchScript script;
    private final Backward backward;
    /** Parameters and states as PyTorch lists. They keep their tensors alive, so all tensors are allocated first. */
    private @Nullable List<IValue> lists;

    private @Nullable IValue gradients;

    /**
     * Starts without state.
     *
     * @param parameters updated in place; they must stay open and the same
     * @param chosen the way to their gradients; empty for {@code torch.autograd.grad}
     * @param manager owns the state; closed with this optimizer
     */
    ScriptedOptimizer(Map<String, NDArray> parameters, Optional<Backward> chosen, NDManager manager) {
        this.parameters = parameters;
        this.manager = manager;
        script = new TorchScript(manager, ScriptedOptimizer.class, "optimizers.pt");
        backward = chosen.orElse((loss, of) -> script.run("gradients", loss, of));
    }

    /** Adds a list of arrays of zeros, one for each parameter. */
    final void addZeros(String name) {
        Map<String, NDArray> zeros = new LinkedHashMap<>();
        parameters.forEach((parameter, array) -> zeros.put(name + "." + parameter, zerosLaidOutAs(array)));
        states.putAll(zeros);
        stateArguments.add(() -> list(zeros));
    }

    /** In the parameter's layout, which PyTorch's fused kernels rely on; DJL's zerosLike ignores it. */
    private NDArray zerosLaidOutAs(NDArray parameter) {
        NDArray zeros = parameter.duplicate();
        zeros.attach(manager);
        try (NDArray zero = manager.zeros(parameter.getShape())) {
            NamedArrays.copy(zero, zeros);
        }
        return zeros;
    }

    /** Adds an array of one number, initially 0. */
    final void addScalar(String name) {
        NDArray scalar = manager.create(new float[1]);
        states.put(name, scalar);
        stateArguments.add(() -> IValue.from((PtNDArray) scalar));
    }

    private static IValue list(Map<String, NDArray> arrays) {
        return IValue.listFrom(arrays.values().toArray(PtNDArray[]::new));
    }

    private List<IValue> lists() {
        if (lists == null) {
            lists = new ArrayList<>();
            lists.add(list(parameters));
            stateArguments.forEach(argument -> lists.add(argument.get()));
        }
        return lists;
    }

    @Override
    public final void backward(NDArray loss) {
        dropGradients();
        IValue all = lists().get(0);
        try (IValue scalar = IValue.from((PtNDArray) loss);
                IValue computed = backward.gradients(scalar, all)) {
            gradients = script.run("laid_out", computed, all);
        }
    }

    @Override
    public final void clipGradientNorm(double most) {
        try (IValue norm = IValue.from(most)) {
            script.run("clip", Objects.requireNonNull(gradients, NO_BACKWARD), norm)
                    .close();
        }
    }

    /**
     * Calls a method with the parameters, their gradients, the states in the order they were added, and its constants.
     */
    final void update(String method, IValue... constants) {
        try {
            List<IValue> arguments = new ArrayList<>(lists());
            arguments.add(1, Objects.requireNonNull(gradients, NO_BACKWARD));
            arguments.addAll(List.of(constants));
            script.run(method, arguments.toArray(IValue[]::new)).close();
        } finally {
            dropGradients();
            List.of(constants).forEach(IValue::close);
        }
    }

    private void dropGradients() {
        if (gradients != null) {
            gradients.close();
            gradients = null;
        }
    }

    @Override
    public final StateDict stateDict() {
        return new NamedArrays(states).toStateDict();
    }

    @Override
    public final void load(StateDict state) {
        new NamedArrays(states).load(state);
    }

    @Override
    public final void close() {
        dropGradients();
        if (lists != null) {
            lists.forEach(IValue::close);
            lists = null;
        }
        manager.close();
    }
}
