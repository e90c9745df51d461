package org.initlab.training.network;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.initlab.training.engine.Autograd;
import org.initlab.training.engine.Managed;
import org.initlab.training.engine.PyTorch;
import org.initlab.training.network.layers.Linear;
import org.initlab.training.network.layers.Parameter;
import org.initlab.training.spec.ModelSpec;
import org.initlab.training.weights.NamedArrays;
import org.initlab.training.weights.StateDict;

/**
 * A network with a {@code Linear(outputs, 1)} on top, which the reference experiment puts on the 1000 logits of an
 * EfficientNet.
 *
 * <p>It belongs to the thread that created it, which from then on records gradients only within
 * {@link Autograd#record}. Dropout and stochastic depth draw from PyTorch's generator, which {@link PyTorch#seed}
 * seeds: same seed, same noise.
 */
public final class BinaryClassifier implements AutoCloseable {
    private static final String BACKBONE = "backbone.";
    private static final String OUTPUT = "output.";

    private final NDManager manager;
    private final Network backbone;
    private final Linear output;
    private final Map<String, Parameter> parameters = new LinkedHashMap<>();

    private BinaryClassifier(NDManager manager, Network backbone) {
        this.manager = manager;
        this.backbone = backbone;
        output = Linear.pytorchDefault(manager, backbone.outputs(), 1);
        backbone.parameters().forEach((name, parameter) -> parameters.put(BACKBONE + name, parameter));
        output.parameters().forEach((name, parameter) -> parameters.put(OUTPUT + name, parameter));
    }

    /**
     * Builds the classifier with all values zero; {@link #initialize(long)} or {@link #load(StateDict)} fills it.
     *
     * @param spec a spec resolved by the architecture
     * @param device where the parameters are, and the input must be
     */
    public static BinaryClassifier build(Architecture architecture, ModelSpec spec, Device device) {
        NDManager manager = NDManager.newBaseManager(device);
        return Managed.build(manager, () -> {
            Autograd.stopRecording();
            return new BinaryClassifier(manager, architecture.build(spec, manager));
        });
    }

    /**
     * Draws the initial weights: the backbone's as its architecture defines them, then the head's weight and bias,
     * uniform in ±1/√outputs.
     *
     * <p>They are drawn on the CPU whatever the device, the head's bias last, so that equal seeds give equal weights.
     *
     * @param seed the seed of PyTorch's generator, which is left in an advanced state
     */
    public void initialize(long seed) {
        PyTorch.seed(seed);
        try (NDManager cpu = NDManager.newBaseManager(Device.cpu())) {
            backbone.initialize(cpu);
            output.initialize(cpu);
        }
    }

    /** Returns the head's bias, a logit. */
    public float outputBias() {
        return output.bias().getFloat(0);
    }

    /** Sets the head's bias, a logit, and nothing else. */
    public void setOutputBias(float bias) {
        try (NDArray value = manager.create(new float[] {bias})) {
            NamedArrays.copy(value, output.bias());
        }
    }

    /**
     * Computes the logit of the positive class for each row.
     *
     * @param input as the backbone's {@link Network#apply} takes it; borrowed
     * @param training whether BatchNorm uses the batch's statistics and updates its own, and dropout is on
     * @return of shape (rows), in the input's manager
     * @throws org.initlab.training.spec.TrainingException if a training batch is too small for the network
     */
    public NDArray forward(NDArray input, boolean training) {
        try (NDArray column = output.take(backbone.apply(input, training), training)) {
            return column.squeeze(1);
        }
    }

    /** Copies all parameters and buffers, under PyTorch's names as {@code backbone.…} and {@code output.…}. */
    public StateDict stateDict() {
        return new NamedArrays(arrays("", parameter -> true)).toStateDict();
    }

    /**
     * Sets all parameters and buffers.
     *
     * @param state with the names of {@link #stateDict()}
     * @throws org.initlab.training.spec.TrainingException naming every tensor that is missing, unknown or of the wrong
     *     shape; then nothing is set
     */
    public void load(StateDict state) {
        new NamedArrays(arrays("", parameter -> true)).load(state);
    }

    /**
     * Sets the backbone and, if the weights have one, the head; otherwise the head stays as it is.
     *
     * @throws org.initlab.training.spec.TrainingException naming every tensor that is missing, unknown or of the wrong
     *     shape; then nothing is set
     */
    public void load(ModelWeights weights) {
        String prefix = weights.hasHead() ? "" : BACKBONE;
        new NamedArrays(arrays(prefix, parameter -> true)).load(weights.stateDict());
    }

    /** Returns the arrays that an optimizer updates, by name; they stay the same as long as the classifier is open. */
    public Map<String, NDArray> learntArrays() {
        return arrays("", Parameter::learnt);
    }

    NDManager manager() {
        return manager;
    }

    Network backbone() {
        return backbone;
    }

    private Map<String, NDArray> arrays(String prefix, Predicate<Parameter> chosen) {
        Map<String, NDArray> arrays = new LinkedHashMap<>();
        parameters.forEach((name, parameter) -> {
            if (name.startsWith(prefix) && chosen.test(parameter)) {
                arrays.put(name, parameter.array());
            }
        });
        return arrays;
    }

    /** Frees the classifier; arrays computed by it stay open. */
    @Override
    public void close() {
        manager.close();
    }
}
