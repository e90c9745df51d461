package org.initlab.training.weights;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.initlab.training.weights.SafetensorsHeader.Entry;
import org.initlab.training.weights.StateDict.Tensor;

/** A safetensors file, which is a single dict; its header has been held against its length. */
record SafetensorsFile(Path file, List<Container<Entry>> containers) implements TensorFile<Entry> {

    static SafetensorsFile open(Path file) throws IOException {
        Map<String, Entry> entries = new LinkedHashMap<>();
        Safetensors.readHeader(file).entries().forEach(entry -> entries.put(entry.name(), entry));
        if (entries.isEmpty()) {
            throw new WeightsFormatException("it has no tensors");
        }
        return new SafetensorsFile(file, List.of(new Container<>("", entries, Map.of())));
    }

    @Override
    public void check(Map<String, Entry> tensors) {}

    @Override
    public Map<String, Tensor> read(Map<String, Entry> tensors) throws IOException {
        Map<String, Tensor> read =
                new LinkedHashMap<>(Safetensors.readTensors(file).tensors());
        read.keySet().retainAll(tensors.keySet());
        return read;
    }

    @Override
    public void close() {}
}
