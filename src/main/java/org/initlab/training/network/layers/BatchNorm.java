package org.initlab.training.network.layers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.initializer.Initializer;
import org.initlab.training.spec.TrainingException;

/** Batch normalisation of each channel: {@code torch.nn.BatchNorm2d}. */
public final class BatchNorm extends Layer {
    final Constants constants;
    final NDArray weight;
    final NDArray bias;
    final NDArray runningMean;
    final NDArray runningVariance;

    /**
     * The layer's constants.
     *
     * @param epsilon added to the variance
     * @param momentum the weight of a batch in the next running statistics, as PyTorch uses the word
     */
    public record Constants(double epsilon, double momentum) {
        /** PyTorch's defaults: 1e-5 and 0.1. */
        public static final Constants DEFAULT = new Constants(1e-5, 0.1);
    }

    public BatchNorm(NDManager manager, int channels, Constants constants) {
        this.constants = constants;
        weight = addParameter(manager, "weight", Initializer.ONES, channels);
        bias = addParameter(manager, "bias", Initializer.ZEROS, channels);
        runningMean = addBuffer(manager, "running_mean", Initializer.ZEROS, channels);
        runningVariance = addBuffer(manager, "running_var", Initializer.ONES, channels);
    }

    @Override
    public NDArray apply(NDArray input, boolean training) {
        if (training) {
            requireVariance(input.getShape());
        }
        // not DJL's function, which takes the constants as floats and the momentum's complement
        return JniUtils.batchNorm(
                (PtNDArray) input,
                (PtNDArray) runningMean,
                (PtNDArray) runningVariance,
                (PtNDArray) weight,
                (PtNDArray) bias,
                training,
                constants.momentum,
                constants.epsilon);
    }

    private static void requireVariance(Shape input) {
        if (input.get(0) * input.get(2) * input.get(3) == 1) {
            throw noVariance();
        }
    }

    /**
     * One value has no unbiased variance: the engine would make the running variance NaN; {@code torch.nn} refuses too.
     */
    static TrainingException noVariance() {
        return new TrainingException(
                "A training batch of one image of this size leaves BatchNorm one value per channel, which has no variance:"
                        + " choose a batchSize that leaves no single row at the end of an epoch, or a larger imageSize");
    }
}
