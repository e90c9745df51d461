package org.initlab.training.weights;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
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
        arrays.forEach((name, array) -> tensors.put(
                name, new StateDict.Tensor(array.getShape().getShape(), values(array), DType.of(array.getDataType()))));
        return new StateDict(tensors);
    }

    private static float[] values(NDArray array) {
        if (array.getDataType() == DataType.FLOAT32) {
            return array.toFloatArray();
        }
        try (NDArray converted = array.toType(DataType.FLOAT32, true)) {
            return converted.toFloatArray();
        }
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

    /**
     * Copies element by element, so that the target keeps its type, its device, its memory layout and its identity.
     *
     * @param source of the target's shape
     */
    public static void copy(NDArray source, NDArray target) {
        if (target.getDataType() != source.getDataType()) {
            try (NDArray converted = source.toType(target.getDataType(), true)) {
                copy(converted, target);
            }
        } else if (target.getShape().isScalar()) {
            try (NDArray one = target.reshape(1);
                    NDArray value = source.reshape(1)) {
                one.set(ALL, value);
            }
        } else {
            target.set(ALL, source);
        }
    }
}
