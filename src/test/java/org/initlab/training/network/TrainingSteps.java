package org.initlab.training.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Random;
import org.initlab.training.catalog.NetworkCatalog;
import org.initlab.training.engine.Autograd;
import org.initlab.training.engine.PyTorch;
import org.initlab.training.objective.BinaryCrossEntropy;
import org.initlab.training.objective.Objective;
import org.initlab.training.optimizer.Optimizer;
import org.initlab.training.spec.ImageShape;
import org.initlab.training.spec.ModelSpec;
import org.initlab.training.spec.OptimizerSpec;
import org.initlab.training.spec.RowShape;

/** Steps as a training loop makes them: each in its own manager. */
public final class TrainingSteps {
    private static final Objective LOSS = new BinaryCrossEntropy();
    private static final double LEARNING_RATE = 1e-4;
    private static final RowShape IMAGES = new ImageShape(32, 32, 3);

    private TrainingSteps() {}

    /** Builds a classifier by its architecture's name. */
    public static BinaryClassifier classifier(String architecture, double dropout, double stochasticDepth) {
        ModelSpec spec = new ModelSpec(architecture, null, 32, dropout, stochasticDepth);
        return classifier(spec);
    }

    /** Builds a classifier for images. */
    public static BinaryClassifier classifier(ModelSpec spec) {
        return BinaryClassifier.build(
                NetworkCatalog.named(spec.architecture()).orElseThrow(), spec, IMAGES, PyTorch.device());
    }

    /** Builds a classifier with all rates at 0. */
    public static BinaryClassifier classifierWithoutNoise(
            String architecture, ModelSpec.Head head, ModelSpec.Trained train) {
        return classifier(new ModelSpec(architecture, null, 32, 0.0, 0.0, head, train, null, null));
    }

    /** Builds a classifier with all rates at 0, if the architecture has any. */
    public static BinaryClassifier classifierWithoutNoise(String architecture) {
        return classifier(architecture, 0, 0);
    }

    /** Creates an optimizer for everything that a classifier learns. */
    public static Optimizer optimizer(OptimizerSpec spec, BinaryClassifier classifier) {
        return Optimizer.of(spec, classifier.learntArrays(), classifier.backward(), classifier.manager());
    }

    /** Puts row-major NCHW values into channels-last memory behind the same shape. */
    public static NDArray channelsLast(NDManager manager, float[] values, int size) {
        NDArray nchw = manager.create(values, new Shape(values.length / (3L * size * size), 3, size, size));
        return nchw.transpose(0, 2, 3, 1).duplicate().transpose(0, 3, 1, 2);
    }

    public static float[] logits(BinaryClassifier classifier, float[] images, int size, boolean training) {
        try (NDManager step = classifier.manager().newSubManager()) {
            return classifier
                    .forward(channelsLast(step, images, size), training)
                    .toFloatArray();
        }
    }

    /** The results of a training step's forward pass. */
    public record Pass(float[] logits, float loss) {}

    /** Makes one step. */
    public static Pass step(
            BinaryClassifier classifier,
            Optimizer optimizer,
            double learningRate,
            float[] images,
            float[] labels,
            int size) {
        try (NDManager step = classifier.manager().newSubManager()) {
            NDArray logits = Autograd.record(() -> classifier.forward(channelsLast(step, images, size), true));
            NDArray loss = Autograd.record(() -> LOSS.mean(logits, step.create(labels)));
            optimizer.backward(loss);
            optimizer.step(learningRate);
            return new Pass(logits.toFloatArray(), loss.getFloat());
        }
    }

    /** Makes some steps on the same random images of 32 pixels and returns the losses. */
    public static float[] train(BinaryClassifier classifier, Optimizer optimizer, int steps) {
        return train(classifier, optimizer, LEARNING_RATE, steps);
    }

    /** Makes some steps at a learning rate. */
    public static float[] train(BinaryClassifier classifier, Optimizer optimizer, double learningRate, int steps) {
        Random random = new Random(1);
        float[] images = new float[8 * 3 * 32 * 32];
        for (int i = 0; i < images.length; i++) {
            images[i] = (float) random.nextGaussian();
        }
        float[] labels = {1, 0, 0, 0, 1, 0, 0, 0};
        float[] losses = new float[steps];
        for (int i = 0; i < steps; i++) {
            losses[i] = step(classifier, optimizer, learningRate, images, labels, 32)
                    .loss();
        }
        return losses;
    }
}
