package org.initlab.training.objective;

import ai.djl.ndarray.NDArray;

/** Cross-entropy of a binary label: PyTorch's {@code binary_cross_entropy_with_logits}. */
public final class BinaryCrossEntropy implements Objective {

    @Override
    public NDArray mean(NDArray logits, NDArray labels) {
        // (1 - y) x + log(1 + exp(-x)); softplus is linear where exp would overflow
        try (NDArray opposite = logits.neg();
                NDArray softplus = opposite.getNDArrayInternal().softPlus();
                NDArray negatives = Numbers.sum(labels, -1);
                NDArray linear = negatives.mul(opposite);
                NDArray losses = linear.add(softplus)) {
            return losses.mean();
        }
    }

    @Override
    public double value(double logit, boolean positive) {
        return Softplus.of(positive ? -logit : logit);
    }

    @Override
    public double constantLogit(double positiveRate) {
        return Math.log(positiveRate) - Math.log1p(-positiveRate);
    }
}
