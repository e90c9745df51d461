package org.initlab.training.weights;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.initlab.training.spec.TrainingException;

/** The arrays of a model or an optimizer by name, copied to and from a state dict as a whole. */
public final class NamedArrays {
    /** PyTorch's BatchNorm counts its batches for a mode that torchvision does not use. */
    private static final String UNUSED_SUFFIX = ".num_batches_tracked";

    /** A wrong architecture makes hundreds. */
    private static final int SHOWN_FAULTS = 20;

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
        List<String> faults = faults(state);
        if (!faults.isEmpty()) {
            int more = faults.size() - SHOWN_FAULTS;
            throw new TrainingException("The weights do not fit the architecture: "
                    + String.join("; ", faults.subList(0, Math.min(faults.size(), SHOWN_FAULTS)))
                    + (more > 0 ? "; and " + more + " more" : ""));
        }
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

    private List<String> faults(StateDict state) {
        List<String> faults = new ArrayList<>();
        arrays.forEach((name, array) -> {
            StateDict.Tensor tensor = state.tensors().get(name);
            long[] shape = array.getShape().getShape();
            if (tensor == null) {
                faults.add(name + " is missing");
            } else if (!Arrays.equals(tensor.shape(), shape)) {
                faults.add(name + " has shape " + Arrays.toString(tensor.shape()) + " instead of "
                        + Arrays.toString(shape));
            }
        });
        state.tensors().keySet().stream()
                .filter(name -> !arrays.containsKey(name) && !name.endsWith(UNUSED_SUFFIX))
                .forEach(name -> faults.add(name + " is not known"));
        return faults;
    }
}
