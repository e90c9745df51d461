package org.initlab.training.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.IValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.initlab.training.weights.StateDict;

/** An optimizer whose step is one call into PyTorch for all parameters, a method of {@code optimizers.pt}. */
abstract class ScriptedOptimizer implements Optimizer {
    private final Map<String, NDArray> parameters;
    private final Map<String, NDArray> states = new LinkedHashMap<>();
    private final List<IValue> lists = new ArrayList<>();
    private final NDManager manager;
    private final TorchScript script;

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
        addList(parameters);
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
        addList(zeros);
    }

    /** Adds an array of one number, 0 at first. */
    final NDArray addScalar(String name) {
        NDArray scalar = manager.create(new float[1]);
        states.put(name, scalar);
        return scalar;
    }

    private void addList(Map<String, NDArray> arrays) {
        lists.add(IValue.listFrom(arrays.values().toArray(PtNDArray[]::new)));
    }

    /** Calls a method with the parameters, the lists in the order in which they were added, and its constants. */
    final void update(String method, IValue... constants) {
        List<IValue> arguments = new ArrayList<>(lists);
        arguments.addAll(List.of(constants));
        script.run(method, arguments.toArray(IValue[]::new));
        for (IValue constant : constants) {
            constant.close();
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
        lists.forEach(IValue::close);
        manager.close();
    }
}
