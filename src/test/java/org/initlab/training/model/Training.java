package org.initlab.training.model;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;

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

    /** Records the forward pass, computes the gradients and returns the loss; the step is the caller's. */
    static float backward(BinaryClassifier classifier, float[] images, float[] labels, int size) {
        try (NDManager step = classifier.manager().newSubManager();
                GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            NDArray logits = classifier.forward(channelsLast(step, images, size), true);
            NDArray loss = BinaryCrossEntropy.mean(logits, step.create(labels));
            collector.backward(loss);
            return loss.getFloat();
        }
    }

    static float step(BinaryClassifier classifier, Optimizer optimizer, float[] images, float[] labels, int size) {
        float loss = backward(classifier, images, labels, size);
        optimizer.step();
        return loss;
    }
}
