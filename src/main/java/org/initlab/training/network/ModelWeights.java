package org.initlab.training.network;

import java.util.LinkedHashMap;
import java.util.Map;
import org.initlab.training.weights.StateDict;

/**
 * The tensors of a file that a classifier starts from, under the names that they have there.
 *
 * @param stateDict with torchvision's names, or those that a classifier saves
 */
public record ModelWeights(StateDict stateDict) {

    Map<String, long[]> shapes() {
        Map<String, long[]> shapes = new LinkedHashMap<>();
        stateDict.tensors().forEach((name, tensor) -> shapes.put(name, tensor.shape()));
        return shapes;
    }

    /** The tensors that a classifier takes, under its names; a name that it does not know stays. */
    StateDict as(WeightsFit fit) {
        Map<String, StateDict.Tensor> tensors = new LinkedHashMap<>();
        stateDict.tensors().forEach((name, tensor) -> {
            if (!fit.leavesOut(name)) {
                tensors.put(fit.own().getOrDefault(name, name), tensor);
            }
        });
        return new StateDict(tensors);
    }
}
