package org.initlab.training.network;

import java.util.LinkedHashMap;
import java.util.Map;
import org.initlab.training.weights.StateDict;

/**
 * Weights under the model's own names: {@code backbone.…}, and {@code output.…} for the head.
 *
 * @param stateDict the tensors
 * @param hasHead whether the head is among them, so that an arm sets only its bias
 */
public record ModelWeights(StateDict stateDict, boolean hasHead) {
    private static final String BACKBONE = "backbone.";
    private static final String HEAD = "output.";

    /**
     * Takes a state dict as the reference script saves it, or one with torchvision's names ({@code features.…},
     * {@code classifier.…}), which fills only the backbone.
     */
    public static ModelWeights of(StateDict stateDict) {
        Map<String, StateDict.Tensor> tensors = stateDict.tensors();
        if (anyStartsWith(tensors, BACKBONE)) {
            return new ModelWeights(stateDict, anyStartsWith(tensors, HEAD));
        }
        Map<String, StateDict.Tensor> backbone = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> backbone.put(BACKBONE + name, tensor));
        return new ModelWeights(new StateDict(backbone), false);
    }

    private static boolean anyStartsWith(Map<String, ?> tensors, String prefix) {
        return tensors.keySet().stream().anyMatch(name -> name.startsWith(prefix));
    }
}
