package org.initlab.training.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.IValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A classifier's parameters and an optimizer's arrays beside them, as lists that one call into PyTorch updates. */
final class OptimizerArrays implements AutoCloseable {
    private final Map<String, NDArray> parameters;
    private final Map<String, NDArray> states = new LinkedHashMap<>();
    private final List<IValue> lists = new ArrayList<>();
    private final NDManager manager;
    private final TorchScript script;

    OptimizerArrays(BinaryClassifier classifier) {
        parameters = classifier.learntArrays();
        manager = classifier.manager().newSubManager();
        script = new TorchScript(manager, "optimizers.pt");
        addList(parameters);
    }

    /** Adds an array of zeros for each parameter. */
    void addZeros(String name) {
        Map<String, NDArray> zeros = new LinkedHashMap<>();
        parameters.forEach((parameter, array) -> zeros.put(name + "." + parameter, zerosLike(array)));
        states.putAll(zeros);
        addList(zeros);
    }

    /** Adds one number of the optimizer's own. */
    NDArray addScalar(String name) {
        NDArray scalar = manager.create(0f);
        states.put(name, scalar);
        return scalar;
    }

    private NDArray zerosLike(NDArray array) {
        NDArray zeros = array.zerosLike();
        zeros.attach(manager);
        return zeros;
    }

    private void addList(Map<String, NDArray> arrays) {
        lists.add(IValue.listFrom(arrays.values().toArray(PtNDArray[]::new)));
    }

    /** Calls a method of {@code optimizers.pt} with the parameters, the lists in the order added, and constants. */
    void update(String method, IValue... constants) {
        List<IValue> arguments = new ArrayList<>(lists);
        arguments.addAll(List.of(constants));
        script.run(method, arguments.toArray(IValue[]::new));
        for (IValue constant : constants) {
            constant.close();
        }
    }

    NamedArrays states() {
        return new NamedArrays(states);
    }

    @Override
    public void close() {
        lists.forEach(IValue::close);
        manager.close();
    }
}
