package org.initlab.training.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Random;

/** Steps as a training loop makes them: each in a manager of its own. */
final class Training {
    private Training() {}

    /** Puts row-major NCHW values into channels-last memory behind the same shape. */
    static NDArray channelsLast(NDManager manager, float[] values, int size) {
        NDArray nchw = manager.create(values, new Shape(values.length / (3L * size * size), 3, size, size));
        return nchw.transpose(0, 2, 3, 1).duplicate().transpose(0, 3, 1, 2);
    }

    static float[] logits(BinaryClassifier classifier, float[] images, int size, boolean training) {
        try (NDManager step = classifier.manager().newSubManager()) {
            return classifier
                    .forward(channelsLast(step, images, size), training)
                    .toFloatArray();
        }
    }

    /** What the forward pass of a training step gave. */
    record Pass(float[] logits, float loss) {}

    /** Makes one step. */
    static Pass step(BinaryClassifier classifier, Optimizer optimizer, float[] images, float[] labels, int size) {
        try (NDManager step = classifier.manager().newSubManager()) {
            NDArray logits = Autograd.record(() -> classifier.forward(channelsLast(step, images, size), true));
            NDArray loss = Autograd.record(() -> BinaryCrossEntropy.mean(logits, step.create(labels)));
            optimizer.backward(loss);
            optimizer.step();
            return new Pass(logits.toFloatArray(), loss.getFloat());
        }
    }

    /** Makes some steps on the same random images of 32 pixels and returns the losses. */
    static float[] train(BinaryClassifier classifier, Optimizer optimizer, int steps) {
        Random random = new Random(1);
        float[] images = new float[8 * 3 * 32 * 32];
        for (int i = 0; i < images.length; i++) {
            images[i] = (float) random.nextGaussian();
        }
        float[] labels = {1, 0, 0, 0, 1, 0, 0, 0};
        float[] losses = new float[steps];
        for (int i = 0; i < steps; i++) {
            losses[i] = step(classifier, optimizer, images, labels, 32).loss();
        }
        return losses;
    }
}
