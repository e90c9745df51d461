package org.initlab.training.network;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.initlab.training.weights.StateDict;

/**
 * Weights under the model's own names: {@code backbone.…}, and {@code output.…} for the head.
 *
 * @param stateDict the tensors
 * @param hasHead whether the head is among them, so that an arm only sets its bias
 */
public record ModelWeights(StateDict stateDict, boolean hasHead) {
    static final String BACKBONE = "backbone.";
    static final String HEAD = "output.";

    /**
     * Takes a state dict as the reference script saves it, or one with torchvision's names ({@code features.…},
     * {@code classifier.…}), which fills only the backbone.
     */
    public static ModelWeights of(StateDict stateDict) {
        Map<String, StateDict.Tensor> tensors = stateDict.tensors();
        if (anyStartsWith(tensors.keySet(), BACKBONE)) {
            return new ModelWeights(stateDict, anyStartsWith(tensors.keySet(), HEAD));
        }
        Map<String, StateDict.Tensor> backbone = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> backbone.put(BACKBONE + name, tensor));
        return new ModelWeights(new StateDict(backbone), false);
    }

    static boolean anyStartsWith(Set<String> names, String prefix) {
        return names.stream().anyMatch(name -> name.startsWith(prefix));
    }
}
