package org.initlab.training.model;

import ai.djl.ndarray.NDArray;

/** The training loss: PyTorch's {@code binary_cross_entropy_with_logits}. */
public final class BinaryCrossEntropy {
    private BinaryCrossEntropy() {}

    /**
     * Computes the mean loss, natural logarithm, finite for any finite logits and differentiable.
     *
     * @param logits of shape (N), float32
     * @param labels of shape (N), float32, 0 or 1
     * @return a scalar in the logits' manager
     */
    public static NDArray mean(NDArray logits, NDArray labels) {
        // (1 - y) x + log(1 + exp(-x)); softplus is linear where exp would overflow
        try (NDArray opposite = logits.neg();
                NDArray softplus = opposite.getNDArrayInternal().softPlus();
                NDArray negatives = labels.sub(1);
                NDArray linear = negatives.mul(opposite);
                NDArray losses = linear.add(softplus)) {
            return losses.mean();
        }
    }
}
