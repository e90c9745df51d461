package org.initlab.training.objective;

import ai.djl.ndarray.NDArray;

/**
 * Binary cross-entropy with smoothed labels and weighted positives: PyTorch's
 * {@code binary_cross_entropy_with_logits(x, y (1 - s) + s / 2, pos_weight=w)}.
 */
final class WeightedCrossEntropy implements Objective {
    private final double weight;
    private final double smoothing;

    /**
     * Creates one.
     *
     * @param weight w, above 0
     * @param smoothing s, in [0, 1]
     */
    WeightedCrossEntropy(double weight, double smoothing) {
        this.weight = weight;
        this.smoothing = smoothing;
    }

    /** (1 − y) x + (1 + (w − 1) y) ln(1 + e^−x), y being smoothed. */
    @Override
    public NDArray mean(NDArray logits, NDArray labels) {
        try (NDArray kept = Numbers.product(labels, 1 - smoothing);
                NDArray targets = Numbers.sum(kept, smoothing / 2);
                NDArray opposite = logits.neg();
                NDArray softplus = opposite.getNDArrayInternal().softPlus();
                NDArray slope = Numbers.product(targets, weight - 1);
                NDArray weights = Numbers.sum(slope, 1);
                NDArray weighted = weights.mul(softplus);
                NDArray negatives = Numbers.sum(targets, -1);
                NDArray linear = negatives.mul(opposite);
                NDArray losses = linear.add(weighted)) {
            return losses.mean();
        }
    }

    @Override
    public double value(double logit, boolean positive) {
        double target = (positive ? 1 - smoothing : 0) + smoothing / 2;
        return Softplus.weighted(weight * target, -logit) + Softplus.weighted(1 - target, logit);
    }

    @Override
    public double constantLogit(double positiveRate) {
        double target = positiveRate * (1 - smoothing) + smoothing / 2;
        return Math.log(weight) + Math.log(target) - Math.log1p(-target);
    }
}
