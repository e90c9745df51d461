package org.initlab.training.network.scripted;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.initlab.training.engine.Autograd;
import org.initlab.training.engine.TorchScript;
import org.initlab.training.spec.FeatureShape;
import org.initlab.training.spec.ModelSpec;
import org.initlab.training.spec.RowShape;
import org.initlab.training.spec.TrainingException;
import org.initlab.training.weights.NamedArrays;
import org.jspecify.annotations.Nullable;

/** What a module shows of itself on a batch of made-up rows, in evaluation mode. */
final class Probe {
    private static final int ROWS = 2;
    private static final int CHANNELS = 3;
    private static final String BIAS = "bias";
    private static final float SHIFT = 1;
    private static final float TOLERANCE = 1e-3f;

    private final String name;
    private final UnaryOperator<NDArray> forward;
    private final NDManager manager;
    private final Shape shape;

    /**
     * Prepares the batch.
     *
     * @param name what the user knows the module by
     * @param forward the module in evaluation mode; it borrows its input
     * @param shape of the batch
     */
    Probe(String name, UnaryOperator<NDArray> forward, Shape shape, NDManager manager) {
        this.name = name;
        this.forward = forward;
        this.shape = shape;
        this.manager = manager;
    }

    /** The shape of a batch for a model's input. */
    static Shape shape(ModelSpec spec, @Nullable RowShape rows) {
        if (rows instanceof FeatureShape features && features.features() != null) {
            return new Shape(ROWS, features.features());
        }
        return new Shape(ROWS, CHANNELS, spec.imageSize(), spec.imageSize());
    }

    /**
     * Counts the numbers that the module gives for each row.
     *
     * @throws TrainingException if it gives anything but a float32 tensor of shape (rows, outputs) or (rows)
     */
    int outputs() {
        try (NDManager batch = manager.newSubManager()) {
            NDArray outputs = forward.apply(input(batch));
            Shape given = outputs.getShape();
            boolean listed = given.dimension() == 1 || (given.dimension() == 2 && given.get(1) > 0);
            if (!listed || given.get(0) != ROWS) {
                throw new TrainingException(
                        "The module " + name + " returns a tensor of shape " + given + " for a batch of " + ROWS
                                + " rows; let it return features or logits, of shape (rows, outputs)");
            }
            if (outputs.getDataType() != DataType.FLOAT32) {
                throw new TrainingException(
                        "The module " + name + " returns numbers other than float32; convert it with .float()");
            }
            return given.dimension() == 1 ? 1 : Math.toIntExact(given.get(1));
        }
    }

    /**
     * Finds which of the parameters the outputs depend on; PyTorch's optimizers leave the others as they are. One that the module
     * has under several names counts once, under the first, as in {@code Module.parameters()}.
     */
    Map<String, NDArray> used(Map<String, NDArray> parameters) {
        if (parameters.isEmpty()) {
            return parameters;
        }
        try (NDManager batch = manager.newSubManager()) {
            TorchScript usage = new TorchScript(batch, Probe.class, "usage.pt");
            NDArray sum = Autograd.record(() -> forward.apply(input(batch)).sum());
            PtNDArray[] arrays = parameters.values().toArray(PtNDArray[]::new);
            try (IValue output = IValue.from((PtNDArray) sum);
                    IValue list = IValue.listFrom(arrays);
                    IValue result = usage.run("used", output, list)) {
                boolean[] used = result.toTensor((PtNDManager) batch).toBooleanArray();
                Map<String, NDArray> chosen = new LinkedHashMap<>();
                int next = 0;
                for (Map.Entry<String, NDArray> parameter : parameters.entrySet()) {
                    if (used[next++]) {
                        chosen.put(parameter.getKey(), parameter.getValue());
                    }
                }
                return chosen;
            }
        }
    }

    /**
     * Finds the last layer of a module that gives one number for each row.
     *
     * @param tensors the module's, by name, float32 those that count
     * @return the name of a {@code Linear} whose bias is added to the output, and whose weights make all that is not the bias;
     *     empty if there is none
     */
    Optional<String> lastLayer(Map<String, NDArray> tensors) {
        List<String> names = new ArrayList<>(tensors.keySet());
        for (int i = names.size() - 1; i >= 0; i--) {
            String bias = names.get(i);
            if (bias.equals(BIAS) || bias.endsWith("." + BIAS)) {
                String layer = bias.substring(0, bias.length() - BIAS.length());
                NDArray weight = tensors.get(layer + "weight");
                if (weight != null && isLastLayer(weight, tensors.get(bias))) {
                    return Optional.of(layer);
                }
            }
        }
        return Optional.empty();
    }

    private boolean isLastLayer(NDArray weight, NDArray bias) {
        boolean fits = bias.getShape().equals(new Shape(1))
                && weight.getShape().dimension() == 2
                && weight.getShape().get(0) == 1;
        if (!fits) {
            return false;
        }
        try (NDManager scratch = manager.newSubManager()) {
            NDArray ownWeight = copy(weight, scratch);
            NDArray ownBias = copy(bias, scratch);
            try {
                return shiftsTheOutput(bias, scratch) && isAllThatIsLeftWithoutWeights(weight, bias, scratch);
            } finally {
                NamedArrays.copy(ownWeight, weight);
                NamedArrays.copy(ownBias, bias);
            }
        }
    }

    private boolean shiftsTheOutput(NDArray bias, NDManager scratch) {
        float own = bias.getFloat(0);
        float[] before = logits(scratch);
        set(bias, own + SHIFT, scratch);
        float[] after = logits(scratch);
        for (int row = 0; row < ROWS; row++) {
            float tolerance = TOLERANCE * Math.max(1, Math.abs(before[row]));
            // also where it is not a number
            if (!(Math.abs(after[row] - before[row] - SHIFT) < tolerance)) {
                return false;
            }
        }
        return true;
    }

    private boolean isAllThatIsLeftWithoutWeights(NDArray weight, NDArray bias, NDManager scratch) {
        NamedArrays.copy(scratch.zeros(weight.getShape()), weight);
        set(bias, SHIFT, scratch);
        for (float logit : logits(scratch)) {
            if (!(Math.abs(logit - SHIFT) < TOLERANCE)) {
                return false;
            }
        }
        return true;
    }

    private float[] logits(NDManager scratch) {
        return forward.apply(input(scratch)).toFloatArray();
    }

    private static NDArray copy(NDArray array, NDManager scratch) {
        NDArray copy = scratch.zeros(array.getShape());
        NamedArrays.copy(array, copy);
        return copy;
    }

    private static void set(NDArray bias, float value, NDManager scratch) {
        NamedArrays.copy(scratch.create(new float[] {value}), bias);
    }

    /** Numbers of both signs, all rows different; in PyTorch's own memory, as the module may keep them. */
    private NDArray input(NDManager batch) {
        float[] values = new float[Math.toIntExact(shape.size())];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) Math.sin(i);
        }
        return batch.create(values, shape).duplicate();
    }
}
