package org.initlab.training.weights;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.initlab.training.weights.StateDict.Tensor;

/** Finds the state dict in a {@code torch.save} file and reads its tensors. */
final class TorchStateDict {
    private static final List<String> NESTED_UNDER = List.of("model", "state_dict", "model_state_dict");

    private TorchStateDict() {}

    @FunctionalInterface
    interface StorageSource {
        float[] read(TorchStorage storage, int elements) throws IOException;
    }

    static StateDict read(Object root, StorageSource source) throws IOException {
        ElementBudget storageBudget = new ElementBudget();
        ElementBudget tensorBudget = new ElementBudget();
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        TorchStorage storage = null;
        float[] elements = null;
        for (Map.Entry<String, TorchTensor> entry : views(root).entrySet()) {
            String name = entry.getKey();
            TorchTensor view = entry.getValue();
            view.check(name);
            // views of one storage follow each other, so only one storage is held at a time
            if (!view.storage().equals(storage)) {
                storage = view.storage();
                elements = null;
                elements = source.read(storage, storageBudget.take("storage " + storage.key(), storage.elements()));
            }
            int count = tensorBudget.take(name, ElementBudget.elements(name, view.shape()));
            tensors.put(name, view.gather(elements, count));
        }
        return new StateDict(tensors);
    }

    private static Map<String, TorchTensor> views(Object root) throws WeightsFormatException {
        Map<String, TorchTensor> views = new LinkedHashMap<>();
        for (Map.Entry<?, ?> entry : stateDict(root).entrySet()) {
            if (entry.getKey() instanceof String name && entry.getValue() instanceof TorchTensor view) {
                views.put(name, view);
            }
        }
        if (views.isEmpty()) {
            throw new WeightsFormatException("it has no tensors: neither at the top level nor under "
                    + String.join(", ", NESTED_UNDER) + "; save them with torch.save(model.state_dict(), path)");
        }
        return views;
    }

    private static Map<?, ?> stateDict(Object root) throws WeightsFormatException {
        if (!(root instanceof Map<?, ?> top)) {
            throw new WeightsFormatException(
                    "it does not hold a dict; save one with torch.save(model.state_dict(), path)");
        }
        for (String key : NESTED_UNDER) {
            if (top.get(key) instanceof Map<?, ?> nested) {
                return nested;
            }
        }
        return top;
    }
}
