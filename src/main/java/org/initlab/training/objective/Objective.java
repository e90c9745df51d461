package org.initlab.training.objective;

import ai.djl.ndarray.NDArray;

/** What training minimises. */
public interface Objective {

    /**
     * Computes a batch's mean loss, differentiable and finite for any finite logits.
     *
     * @param logits of shape (N), float32; borrowed
     * @param labels of shape (N), float32, 0 or 1; borrowed
     * @return a scalar in the logits' manager, in nats
     */
    NDArray mean(NDArray logits, NDArray labels);

    /**
     * Computes a single row's loss in double precision, outside PyTorch.
     *
     * @param logit any number; NaN gives NaN
     * @return in nats
     */
    double value(double logit, boolean positive);
}
