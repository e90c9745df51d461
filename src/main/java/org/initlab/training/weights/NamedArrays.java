package org.initlab.training.weights;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.initlab.training.spec.TrainingException;

/** The arrays of a model or an optimizer by name, copied to and from a state dict as a whole. */
public final class NamedArrays {
    /** PyTorch's BatchNorm counts its batches for a mode that torchvision does not use. */
    private static final String UNUSED_SUFFIX = ".num_batches_tracked";

    private static final NDIndex ALL = new NDIndex(":");

    private final Map<String, NDArray> arrays;

    public NamedArrays(Map<String, NDArray> arrays) {
        this.arrays = arrays;
    }

    /** Copies all values out. */
    public StateDict toStateDict() {
        Map<String, StateDict.Tensor> tensors = new LinkedHashMap<>();
        arrays.forEach((name, array) ->
                tensors.put(name, new StateDict.Tensor(array.getShape().getShape(), array.toFloatArray())));
        return new StateDict(tensors);
    }

    /**
     * Copies all values in.
     *
     * @throws TrainingException naming every tensor that is missing, unknown or of the wrong shape; then nothing is set
     */
    public void load(StateDict state) {
        Map<String, long[]> own = new LinkedHashMap<>();
        arrays.forEach((name, array) -> own.put(name, array.getShape().getShape()));
        Map<String, long[]> given = new LinkedHashMap<>();
        state.tensors().forEach((name, tensor) -> {
            if (arrays.containsKey(name) || !name.endsWith(UNUSED_SUFFIX)) {
                given.put(name, tensor.shape());
            }
        });
        Misfit.of(own, new Outline(given, Map.of(), List.copyOf(given.keySet()), Optional.empty()))
                .ifPresent(misfit -> {
                    throw new TrainingException(misfit);
                });
        try (NDManager cpu = NDManager.newBaseManager(Device.cpu())) {
            arrays.forEach((name, array) -> {
                StateDict.Tensor tensor = state.tensors().get(name);
                try (NDArray values = cpu.create(tensor.values(), new Shape(tensor.shape()))) {
                    copy(values, array);
                }
            });
        }
    }

    /** Copies element by element, so that the target keeps its device, its memory layout and its identity. */
    public static void copy(NDArray source, NDArray target) {
        target.set(ALL, source);
    }
}
