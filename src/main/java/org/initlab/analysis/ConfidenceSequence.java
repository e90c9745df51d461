package org.initlab.analysis;

/**
 * Where the mean of paired differences lies, for someone who looks after every pair: the chance that the true mean is outside at any
 * look is at most the error of its {@link SequenceBound}, if the differences are normal. So one may stop when one likes.
 *
 * <p>What a look has ruled out stays ruled out: the interval is that of all looks together, and can only shrink. Once the looks
 * contradict each other, which happens only where one has missed the true mean, it stays as it is.
 */
final class ConfidenceSequence {
    private final SequenceBound bound;
    private int pairs;
    private double mean;
    private double squares;
    private double low = Double.NEGATIVE_INFINITY;
    private double high = Double.POSITIVE_INFINITY;

    ConfidenceSequence(SequenceBound bound) {
        this.bound = bound;
    }

    /** Looks at one more finite difference. */
    void add(double difference) {
        pairs++;
        double before = difference - mean;
        mean += before / pairs;
        squares += before * (difference - mean);
        double half = bound.half(pairs, squares);
        double above = Math.max(low, mean - half);
        double below = Math.min(high, mean + half);
        if (above <= below) {
            low = above;
            high = below;
        }
    }

    int pairs() {
        return pairs;
    }

    /** The lower end; −∞ before the first look. */
    double low() {
        return low;
    }

    /** The upper end; ∞ before the first look. */
    double high() {
        return high;
    }

    /**
     * Whether it excludes 0 or lies within a margin.
     *
     * @param margin {@code null} if none is known
     */
    boolean isDecided(Double margin) {
        return low > 0 || high < 0 || (margin != null && low > -margin && high < margin);
    }
}
