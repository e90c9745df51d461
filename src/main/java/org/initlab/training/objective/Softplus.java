package org.initlab.training.objective;

/** ln(1 + e^x): the cross-entropy of a row whose own class has the logit −x. */
final class Softplus {
    private Softplus() {}

    /** Computes it without overflow, times a weight; a weight of 0 gives 0 even where it is infinite. */
    static double weighted(double weight, double x) {
        return weight == 0 && !Double.isNaN(x) ? 0 : weight * of(x);
    }

    /** Computes it without overflow. */
    static double of(double x) {
        return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
    }
}
