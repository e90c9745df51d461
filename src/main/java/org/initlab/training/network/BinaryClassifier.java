package org.initlab.training.network;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.initlab.training.engine.Autograd;
import org.initlab.training.engine.Backward;
import org.initlab.training.engine.Managed;
import org.initlab.training.engine.PyTorch;
import org.initlab.training.network.layers.Linear;
import org.initlab.training.network.layers.Parameter;
import org.initlab.training.spec.ModelSpec;
import org.initlab.training.spec.RowShape;
import org.initlab.training.weights.NamedArrays;
import org.initlab.training.weights.StateDict;
import org.jspecify.annotations.Nullable;

/**
 * A network whose last layer, or a layer on top of it, is a {@code Linear(outputs, 1)}: the head. The reference
 * experiment puts it on the 1000 logits of an EfficientNet.
 *
 * <p>It belongs to the thread that created it, which from then on records gradients only within
 * {@link Autograd#record}. Dropout and stochastic depth draw from PyTorch's generator, which {@link PyTorch#seed}
 * seeds: same seed, same noise.
 */
public final class BinaryClassifier implements AutoCloseable {
    private final NDManager manager;
    private final Network network;
    private final boolean frozen;
    private final boolean hasHeadOnTop;
    private final Linear head;
    private final TensorNames names;
    private @Nullable Long batches = 0L;

    private BinaryClassifier(NDManager manager, Network network, boolean frozen) {
        this.manager = manager;
        this.network = network;
        this.frozen = frozen;
        names = network.names();
        hasHeadOnTop = network.lastLayer().isEmpty();
        head = network.lastLayer().orElseGet(() -> Linear.pytorchDefault(manager, network.outputs(), 1));
    }

    /**
     * Builds the classifier with all values zero; {@link #initialize(long)} or {@link #load(StateDict)} fills it.
     *
     * @param spec a spec resolved by the architecture
     * @param rows the shape of the data's rows
     * @param device where the parameters are, and the input must be
     */
    public static BinaryClassifier build(Architecture architecture, ModelSpec spec, RowShape rows, Device device) {
        NDManager manager = NDManager.newBaseManager(device);
        return Managed.build(manager, () -> {
            Autograd.stopRecording();
            Network network = architecture.build(spec, rows, manager);
            return new BinaryClassifier(manager, network, spec.trainsOnlyTheHead());
        });
    }

    /**
     * Draws the initial weights: the network's as its architecture defines them, then the head's weight and bias,
     * uniform in ±1/√outputs.
     *
     * <p>They are drawn on the CPU whatever the device, the head's bias last, so that equal seeds give equal weights.
     *
     * @param seed the seed of PyTorch's generator, which is left in an advanced state
     */
    public void initialize(long seed) {
        PyTorch.seed(seed);
        try (NDManager cpu = NDManager.newBaseManager(Device.cpu())) {
            network.initialize(cpu);
            if (hasHeadOnTop) {
                head.initialize(cpu);
            }
        }
    }

    /** Returns the head's bias, a logit. */
    public float outputBias() {
        return head.bias().getFloat(0);
    }

    /** Sets the head's bias, a logit, and nothing else. */
    public void setOutputBias(float bias) {
        try (NDArray value = manager.create(new float[] {bias})) {
            NamedArrays.copy(value, head.bias());
        }
    }

    /** Sets the head's weights to 0, so that every row's logit is the bias. */
    public void zeroHeadWeights() {
        head.zeroWeight();
    }

    /**
     * Computes the logit of the positive class for each row.
     *
     * @param input as {@link Network#apply} takes it; borrowed
     * @param training whether BatchNorm uses the batch's statistics and updates its own, and dropout is on; if only the
     *     head is trained, the network stays in evaluation mode, and records no gradients
     * @return of shape (rows), in the input's manager
     * @throws org.initlab.training.spec.TrainingException if a training batch is too small for the network
     */
    public NDArray forward(NDArray input, boolean training) {
        if (training && !frozen && batches != null) {
            batches++;
        }
        NDArray outputs = frozen ? Autograd.pause(() -> network.apply(input, false)) : network.apply(input, training);
        try (NDArray column = hasHeadOnTop ? head.take(outputs, training) : outputs) {
            return column.squeeze(1);
        }
    }

    /** How many batches the network has seen in training mode; {@code null} if that is not known. */
    public @Nullable Long batches() {
        return batches;
    }

    /** Counts on from those that it had seen when it was saved; {@code null} if that is not known. */
    public void countBatchesFrom(@Nullable Long seen) {
        batches = seen;
    }

    /** Copies all parameters and buffers, under PyTorch's names. */
    public StateDict stateDict() {
        return new NamedArrays(arrays(parameter -> true)).toStateDict();
    }

    /**
     * Sets all parameters and buffers.
     *
     * @param state with the names of {@link #stateDict()}
     * @throws org.initlab.training.spec.TrainingException naming every tensor that is missing, unknown or of the wrong
     *     shape; then nothing is set
     */
    public void load(StateDict state) {
        new NamedArrays(arrays(parameter -> true)).load(state);
    }

    /**
     * Sets the network and, if the weights have it, the head; otherwise the head stays as it is.
     *
     * @throws org.initlab.training.spec.TrainingException naming every tensor that is missing, unknown or of the wrong
     *     shape; then nothing is set
     */
    public void load(ModelWeights weights) {
        Map<String, NDArray> arrays = arrays(parameter -> true);
        Map<String, long[]> shapes = new LinkedHashMap<>();
        arrays.forEach((name, array) -> shapes.put(name, array.getShape().getShape()));
        WeightsFit fit = WeightsFit.of(names, shapes, weights.shapes());
        if (!fit.hasHead()) {
            arrays.keySet().removeIf(name -> name.startsWith(names.head()));
        }
        new NamedArrays(arrays).load(weights.as(fit));
    }

    /** Returns the arrays that an optimizer updates, by name; they stay the same as long as the classifier is open. */
    public Map<String, NDArray> learntArrays() {
        Map<String, NDArray> learnt = arrays(Parameter::learnt);
        if (frozen) {
            learnt.keySet().removeIf(name -> !name.startsWith(names.head()));
        }
        return learnt;
    }

    /** Returns the way to the gradients of what is learnt; empty if any will do. */
    public Optional<Backward> backward() {
        return frozen ? Optional.empty() : network.backward();
    }

    NDManager manager() {
        return manager;
    }

    Network network() {
        return network;
    }

    private Map<String, NDArray> arrays(Predicate<Parameter> chosen) {
        Map<String, NDArray> arrays = new LinkedHashMap<>();
        parameters().forEach((name, parameter) -> {
            if (chosen.test(parameter)) {
                arrays.put(name, parameter.array());
            }
        });
        return arrays;
    }

    private Map<String, Parameter> parameters() {
        Map<String, Parameter> parameters = new LinkedHashMap<>();
        network.parameters().forEach((name, parameter) -> parameters.put(names.network() + name, parameter));
        if (hasHeadOnTop) {
            head.parameters().forEach((name, parameter) -> parameters.put(names.head() + name, parameter));
        }
        return parameters;
    }

    /** Frees the classifier; arrays computed by it stay open. */
    @Override
    public void close() {
        manager.close();
    }
}
