package org.initlab.training.weights;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.initlab.training.weights.StateDict.Tensor;

/** A file of {@code torch.save} in either form. */
record TorchFile(List<Container<TorchTensor>> containers, TorchStorages storages) implements TensorFile<TorchTensor> {

    @Override
    public void check(Map<String, TorchTensor> tensors) throws IOException {
        for (Map.Entry<String, TorchTensor> entry : tensors.entrySet()) {
            entry.getValue().check(entry.getKey());
            storages.check(entry.getValue().storage());
        }
    }

    @Override
    public Map<String, Tensor> read(Map<String, TorchTensor> tensors) throws IOException {
        ElementBudget storageBudget = new ElementBudget();
        ElementBudget tensorBudget = new ElementBudget();
        Map<String, Tensor> read = new LinkedHashMap<>();
        TorchStorage storage = null;
        float[] elements = null;
        for (Map.Entry<String, TorchTensor> entry : tensors.entrySet()) {
            String name = entry.getKey();
            TorchTensor view = entry.getValue();
            view.check(name);
            // views of one storage follow each other, so that one storage is held at a time
            if (!view.storage().equals(storage)) {
                storage = view.storage();
                elements = null;
                int count = storageBudget.take("storage " + storage.key(), storage.elements());
                storages.check(storage);
                elements = storages.read(storage, count);
            }
            int count = tensorBudget.take(name, ElementBudget.elements(name, view.shape()));
            read.put(name, view.gather(elements, count));
        }
        return read;
    }

    @Override
    public void close() throws IOException {
        storages.close();
    }
}
