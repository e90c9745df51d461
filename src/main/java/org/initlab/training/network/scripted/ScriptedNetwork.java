package org.initlab.training.network.scripted;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.initializer.Initializer;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.initlab.training.engine.ScriptedModule;
import org.initlab.training.network.Network;
import org.initlab.training.network.TensorNames;
import org.initlab.training.network.layers.Linear;
import org.initlab.training.network.layers.Parameter;
import org.initlab.training.spec.ModelSpec;
import org.initlab.training.spec.TrainingException;
import org.jspecify.annotations.Nullable;

/** A module of the user's own, with the values that its file holds. */
final class ScriptedNetwork implements Network {
    private static final Set<DataType> WHOLE_NUMBERS =
            EnumSet.of(DataType.BOOLEAN, DataType.INT8, DataType.UINT8, DataType.INT32, DataType.INT64);
    private static final Pattern RESERVED = Pattern.compile("(optimizer|progress)\\.");
    /** Up to it, float32, which checkpoints hold, has every whole number. */
    private static final float EXACT = 1 << 24;

    private final ScriptedModule module;
    private final int outputs;
    private final Map<String, NDArray> learnt;
    private final @Nullable String lastLayer;
    private final @Nullable Linear head;
    private Map<String, NDArray> tensors;

    /**
     * Probes a module.
     *
     * @param probed the shape of a batch
     * @param manager owns the module
     * @throws TrainingException if it is not a module that can be trained
     */
    ScriptedNetwork(ModelSpec spec, ScriptedModule module, Shape probed, NDManager manager) {
        this.module = module;
        String name = spec.file();
        tensors = module.tensors();
        tensors.forEach((tensor, array) -> requireStorable(name, tensor, array));
        Probe probe = new Probe(name, input -> module.forward(input, false), probed, manager);
        outputs = probe.outputs();
        learnt = probe.used(needingGradients());
        lastLayer = outputs == 1 ? lastLayer(spec, probe) : null;
        head = lastLayer == null ? null : Linear.of(tensors.get(lastLayer + "weight"), tensors.get(lastLayer + "bias"));
    }

    private Map<String, NDArray> needingGradients() {
        Map<String, NDArray> chosen = new LinkedHashMap<>(tensors);
        chosen.values().removeIf(array -> !ScriptedModule.needsGradient(array));
        return chosen;
    }

    private static void requireStorable(String name, String tensor, NDArray array) {
        DataType type = array.getDataType();
        if (type == DataType.FLOAT32) {
            return;
        }
        if (!WHOLE_NUMBERS.contains(type)) {
            throw new TrainingException("The module " + name + " has a tensor " + tensor
                    + " that is neither float32 nor of whole numbers; convert it with .float()");
        }
        try (NDArray values = array.toType(DataType.FLOAT32, true)) {
            for (float value : values.toFloatArray()) {
                if (Math.abs(value) > EXACT) {
                    throw new TrainingException("The module " + name + " has a buffer " + tensor
                            + " with whole numbers over 16,777,216, which a checkpoint could not hold");
                }
            }
        }
    }

    private String lastLayer(ModelSpec spec, Probe probe) {
        String found = probe.lastLayer(tensors)
                .orElseThrow(() -> new TrainingException("The module " + spec.file()
                        + " gives one number for each row, which is the logit, but no Linear in it is the last layer, with a"
                        + " bias to set; let it end in torch.nn.Linear(features, 1), or return the features"));
        if (spec.trainsOnlyTheHead()) {
            throw new TrainingException("The module " + spec.file()
                    + " has its head within; to train only a head, let it return the features, or freeze its other"
                    + " parameters by requires_grad_(False) and set model.train to all");
        }
        if (tensors.keySet().stream()
                .anyMatch(tensor -> RESERVED.matcher(tensor).lookingAt())) {
            throw new TrainingException("The module " + spec.file()
                    + " has a part called optimizer or progress, as checkpoints call parts of their own; rename it");
        }
        return found;
    }

    /**
     * Runs the module on rows that lie in memory in the order of their shape, as PyTorch's users know them: a
     * {@code view} fails on others.
     */
    @Override
    public NDArray apply(NDArray input, boolean training) {
        Shape shape = input.getShape();
        try (NDArray flat = input.reshape(shape.get(0), -1);
                NDArray inOrder = flat.reshape(shape)) {
            NDArray result = module.forward(inOrder, training);
            return outputs == 1 ? column(result, shape.get(0)) : result;
        }
    }

    private static NDArray column(NDArray logits, long rows) {
        try (logits) {
            return logits.reshape(rows, 1);
        }
    }

    @Override
    public int outputs() {
        return outputs;
    }

    @Override
    public TensorNames names() {
        return lastLayer == null ? TensorNames.headOnTop() : TensorNames.within(lastLayer);
    }

    @Override
    public Optional<Linear> lastLayer() {
        return Optional.ofNullable(head);
    }

    @Override
    public Map<String, Parameter> parameters() {
        refreshBuffers();
        Map<String, Parameter> parameters = new LinkedHashMap<>();
        tensors.forEach((name, array) ->
                parameters.put(name, new Parameter(array, Initializer.ZEROS, learnt.containsKey(name))));
        return parameters;
    }

    /** A module may have put other tensors in its buffers' places; the learnt ones stay the same. */
    private void refreshBuffers() {
        Map<String, NDArray> current = module.tensors();
        current.forEach((name, array) -> {
            NDArray replaced = learnt.containsKey(name) || isHeads(name) ? array : tensors.put(name, array);
            if (replaced != null) {
                replaced.close();
            }
        });
    }

    private boolean isHeads(String name) {
        return name.equals(lastLayer + "weight") || name.equals(lastLayer + "bias");
    }

    /** Leaves all values as the file has them. */
    @Override
    public void initialize(NDManager cpu) {}
}
