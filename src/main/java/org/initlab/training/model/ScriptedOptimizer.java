package org.initlab.training.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.IValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.initlab.training.weights.StateDict;
import org.jspecify.annotations.Nullable;

/** An optimizer whose step is one call into PyTorch for all parameters, a method of {@code optimizers.pt}. */
abstract class ScriptedOptimizer implements Optimizer {
    private final Map<String, NDArray> parameters;
    private final Map<String, NDArray> states = new LinkedHashMap<>();
    private final IValue parameterList;
    private final List<IValue> stateLists = new ArrayList<>();
    private final NDManager manager;
    private final TorchScript script;
    private @Nullable IValue gradients;

    /**
     * Starts without state.
     *
     * @param parameters updated in place; they have to stay open and the same
     * @param parent of the manager that owns the state
     */
    ScriptedOptimizer(Map<String, NDArray> parameters, NDManager parent) {
        this.parameters = parameters;
        manager = parent.newSubManager();
        script = new TorchScript(manager, "optimizers.pt");
        parameterList = list(parameters);
    }

    /** Adds a list of arrays of zeros, one for each parameter. */
    final void addZeros(String name) {
        Map<String, NDArray> zeros = new LinkedHashMap<>();
        parameters.forEach((parameter, array) -> {
            NDArray zero = array.zerosLike();
            zero.attach(manager);
            zeros.put(name + "." + parameter, zero);
        });
        states.putAll(zeros);
        stateLists.add(list(zeros));
    }

    /** Adds an array of one number, 0 at first. */
    final void addScalar(String name) {
        NDArray scalar = manager.create(new float[1]);
        states.put(name, scalar);
        stateLists.add(IValue.from((PtNDArray) scalar));
    }

    private static IValue list(Map<String, NDArray> arrays) {
        return IValue.listFrom(arrays.values().toArray(PtNDArray[]::new));
    }

    @Override
    public final void backward(NDArray loss) {
        dropGradients();
        try (IValue scalar = IValue.from((PtNDArray) loss)) {
            gradients = script.run("gradients", scalar, parameterList);
        }
    }

    /** Calls a method with the parameters, their gradients, the states in the order in which they were added, and its constants. */
    final void update(String method, IValue... constants) {
        List<IValue> arguments =
                new ArrayList<>(List.of(parameterList, Objects.requireNonNull(gradients, "no backward pass")));
        arguments.addAll(stateLists);
        arguments.addAll(List.of(constants));
        script.run(method, arguments.toArray(IValue[]::new)).close();
        dropGradients();
        for (IValue constant : constants) {
            constant.close();
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
        parameterList.close();
        stateLists.forEach(IValue::close);
        manager.close();
    }
}
