package org.initlab.training.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.initializer.Initializer;
import org.initlab.training.spec.TrainingException;

/** Batch normalisation of each channel: {@code torch.nn.BatchNorm2d}. */
final class BatchNorm extends Layer {
    private final Constants constants;
    private final Parameter weight;
    private final Parameter bias;
    private final Parameter runningMean;
    private final Parameter runningVariance;

    /**
     * The layer's constants.
     *
     * @param epsilon added to the variance
     * @param momentum the share of a batch in the running statistics' next value, PyTorch's meaning of the word
     */
    record Constants(double epsilon, double momentum) {}

    BatchNorm(NDManager manager, int channels, Constants constants) {
        this.constants = constants;
        weight = addParameter(manager, "weight", Parameter.Type.GAMMA, Initializer.ONES, channels);
        bias = addParameter(manager, "bias", Parameter.Type.BETA, Initializer.ZEROS, channels);
        runningMean = addParameter(manager, "running_mean", Parameter.Type.RUNNING_MEAN, Initializer.ZEROS, channels);
        runningVariance = addParameter(manager, "running_var", Parameter.Type.RUNNING_VAR, Initializer.ONES, channels);
    }

    @Override
    NDArray apply(NDArray input, boolean training) {
        if (training) {
            requireVariance(input.getShape());
        }
        // not DJL's function, which takes the constants in float and the momentum's complement
        return JniUtils.batchNorm(
                (PtNDArray) input,
                (PtNDArray) runningMean.getArray(),
                (PtNDArray) runningVariance.getArray(),
                (PtNDArray) weight.getArray(),
                (PtNDArray) bias.getArray(),
                training,
                constants.momentum,
                constants.epsilon);
    }

    /** One value has no unbiased variance: the engine would make the running one NaN; PyTorch's Python refuses too. */
    private static void requireVariance(Shape input) {
        if (input.get(0) * input.get(2) * input.get(3) == 1) {
            throw new TrainingException(
                    "A training batch of one image of this size leaves BatchNorm one value a channel,"
                            + " which has no variance: choose a batchSize that leaves no single row at the end of an epoch,"
                            + " or a larger imageSize");
        }
    }
}
