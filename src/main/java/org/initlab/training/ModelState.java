package org.initlab.training;

import java.util.LinkedHashMap;
import java.util.Map;
import org.initlab.training.network.BinaryClassifier;
import org.initlab.training.optimizer.Optimizer;
import org.initlab.training.weights.StateDict;
import org.initlab.training.weights.StateDict.Tensor;

/** The state of a classifier and its optimizer in one dictionary, the optimizer's names with a prefix. */
final class ModelState {
    private static final String OPTIMIZER = "optimizer.";

    private ModelState() {}

    static StateDict capture(BinaryClassifier model, Optimizer optimizer) {
        Map<String, Tensor> tensors = new LinkedHashMap<>(model.stateDict().tensors());
        optimizer.stateDict().tensors().forEach((name, tensor) -> tensors.put(OPTIMIZER + name, tensor));
        return new StateDict(tensors);
    }

    static boolean isOptimizers(String name) {
        return name.startsWith(OPTIMIZER);
    }

    static void restore(StateDict state, BinaryClassifier model, Optimizer optimizer) {
        Map<String, Tensor> modelTensors = new LinkedHashMap<>();
        Map<String, Tensor> optimizerTensors = new LinkedHashMap<>();
        state.tensors().forEach((name, tensor) -> {
            if (isOptimizers(name)) {
                optimizerTensors.put(name.substring(OPTIMIZER.length()), tensor);
            } else {
                modelTensors.put(name, tensor);
            }
        });
        model.load(new StateDict(modelTensors));
        optimizer.load(new StateDict(optimizerTensors));
    }
}
