package org.initlab.training.model;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.ParameterStore;
import ai.djl.util.Pair;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.initlab.training.weights.ModelWeights;
import org.initlab.training.weights.StateDict;

/**
 * An EfficientNet with a {@code Linear(1000, 1)} on its logits, as the reference experiment has it.
 *
 * <p>It belongs to the thread that made it, on which gradients are from then on recorded by
 * {@link #trainingLoss} alone. Dropout and stochastic depth draw from PyTorch's generator, which
 * {@link JniUtils#setSeed(long)} seeds: same seed, same noise.
 */
public final class BinaryClassifier implements AutoCloseable {
    private static final String BACKBONE = "backbone";

    private final NDManager manager;
    private final Sequence network;
    private final EfficientNet backbone;
    private final Linear output;
    private final ParameterStore parameterStore;

    /**
     * Builds the network with all values zero; {@link #initialize(long)} or {@link #load(StateDict)} fills it.
     *
     * @param architecture the backbone
     * @param dropout the rate before the backbone's classifier, in [0, 1)
     * @param stochasticDepth the rate at which the linear growth over the residual blocks ends, in [0, 1)
     * @param device where the parameters live and the images have to be
     */
    public BinaryClassifier(Architecture architecture, double dropout, double stochasticDepth, Device device) {
        manager = NDManager.newBaseManager(device);
        // PyTorch starts every thread with recording on, DJL turns it off on the first one alone
        JniUtils.setGradMode(false);
        LayerContext context = new LayerContext(manager, architecture.batchNorm(), new Silu(manager));
        backbone = new EfficientNet(context, architecture, dropout, stochasticDepth);
        output = Linear.pytorchDefault(manager, EfficientNet.CLASSES, 1);
        network = new Sequence().add(BACKBONE, backbone).add("output", output);
        network.initialize(
                manager, DataType.FLOAT32, new Shape(1, 3, architecture.imageSize(), architecture.imageSize()));
        parameterStore = new ParameterStore(manager, false);
    }

    /**
     * Draws the initial weights as torchvision and PyTorch do: Kaiming normal by fan-out for convolutions, BatchNorm 1
     * and 0, the classifier uniform in ±1/√1000 with bias zero, the head's weight and bias uniform in ±1/√1000.
     *
     * <p>Drawn on the CPU whatever the device, and the head's bias last, so that equal seeds give equal weights.
     *
     * @param seed of PyTorch's generator, which is left in an advanced state
     */
    public void initialize(long seed) {
        JniUtils.setSeed(seed);
        try (NDManager cpu = NDManager.newBaseManager(Device.cpu())) {
            for (Parameter parameter : network.getParameters().values()) {
                try (NDArray drawn = parameter
                        .getInitializer()
                        .initialize(cpu, parameter.getArray().getShape(), DataType.FLOAT32)) {
                    NamedArrays.copy(drawn, parameter.getArray());
                }
            }
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
     * Computes the logit of the positive class for each image.
     *
     * @param images normalised, float32, of shape (N, 3, height, width), best with channels-last memory
     * @param training whether BatchNorm uses and updates by the batch's statistics, and dropout is on
     * @return of shape (N), in the images' manager, which holds all that is left of the forward pass
     * @throws org.initlab.training.spec.TrainingException if a training batch leaves BatchNorm one value a channel
     */
    public NDArray forward(NDArray images, boolean training) {
        try (NDArray column =
                network.forward(parameterStore, new NDList(images), training).singletonOrThrow()) {
            return column.squeeze(1);
        }
    }

    /**
     * Computes the mean loss of a training batch, for {@link Optimizer#backward}.
     *
     * @param images as {@link #forward} takes them
     * @param labels of shape (N), float32, 0 or 1
     * @return a scalar in the images' manager
     */
    public NDArray trainingLoss(NDArray images, NDArray labels) {
        return Autograd.record(() -> BinaryCrossEntropy.mean(forward(images, true), labels));
    }

    /** Copies all parameters and running statistics, as {@code backbone.…} and {@code output.…} by PyTorch's names. */
    public StateDict stateDict() {
        return new NamedArrays(arrays("", parameter -> true)).toStateDict();
    }

    /**
     * Sets all parameters and running statistics; PyTorch's {@code num_batches_tracked} are ignored.
     *
     * @param state with the names and shapes of {@link #stateDict()}
     * @throws org.initlab.training.spec.TrainingException naming every missing, unknown or misshapen tensor; nothing is set
     */
    public void load(StateDict state) {
        new NamedArrays(arrays("", parameter -> true)).load(state);
    }

    /**
     * Sets the backbone and, where the weights have one, the head; else the head stays as it is.
     *
     * @throws org.initlab.training.spec.TrainingException naming the missing, unknown and misshapen tensors; nothing is set
     */
    public void load(ModelWeights weights) {
        String prefix = weights.hasHead() ? "" : BACKBONE + ".";
        new NamedArrays(arrays(prefix, parameter -> true)).load(weights.stateDict());
    }

    /** Returns what an optimizer updates. */
    Map<String, NDArray> learntArrays() {
        return arrays("", Parameter::requiresGradient);
    }

    EfficientNet backbone() {
        return backbone;
    }

    NDManager manager() {
        return manager;
    }

    private Map<String, NDArray> arrays(String prefix, Predicate<Parameter> chosen) {
        Map<String, NDArray> arrays = new LinkedHashMap<>();
        for (Pair<String, Parameter> pair : network.getParameters()) {
            if (pair.getKey().startsWith(prefix) && chosen.test(pair.getValue())) {
                arrays.put(pair.getKey(), pair.getValue().getArray());
            }
        }
        return arrays;
    }

    /** Frees the network; arrays computed by it stay. */
    @Override
    public void close() {
        manager.close();
    }
}
