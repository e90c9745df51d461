package org.initlab.training.objective;

import ai.djl.ndarray.NDArray;
import java.util.function.DoubleUnaryOperator;

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

    /**
     * Computes the mean over rows that all get the same logit.
     *
     * @param positiveRate the rows' share of positives, from 0 to 1
     * @return in nats
     */
    default double constantMean(double logit, double positiveRate) {
        double negative = value(logit, false);
        return negative + positiveRate * (value(logit, true) - negative);
    }

    /**
     * Computes the logit that minimises the mean over rows that all get the same one. Where a loss has no closed form, it is
     * the place in ±100 at which the numerical derivative changes its sign.
     *
     * @param positiveRate the rows' share of positives, in (0, 1)
     */
    default double constantLogit(double positiveRate) {
        double step = 1e-3;
        DoubleUnaryOperator mean = logit -> constantMean(logit, positiveRate);
        // central differences with an error of the fourth order, times 12 steps
        DoubleUnaryOperator slope = logit -> 8 * (mean.applyAsDouble(logit + step) - mean.applyAsDouble(logit - step))
                - (mean.applyAsDouble(logit + 2 * step) - mean.applyAsDouble(logit - 2 * step));
        return Bisection.root(slope, -100, 100);
    }
}
