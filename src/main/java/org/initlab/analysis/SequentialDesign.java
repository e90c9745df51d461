package org.initlab.analysis;

/**
 * How an experiment that may end early is looked at.
 *
 * @param firstLook pairs of an arm and the baseline before the arm is looked at for the first time, at least 2
 * @param error the chance that the sequence of any arm ever misses the true mean, in (0, 1)
 */
public record SequentialDesign(int firstLook, double error) {

    /**
     * What holds for each of several arms, so that together they keep the error (Bonferroni).
     *
     * @param arms how many are compared with the baseline
     */
    SequenceBound bound(int arms) {
        return new SequenceBound(firstLook, error / arms);
    }

    /**
     * Where one arm's sequence stands.
     *
     * @param differences finite, in the order in which they were looked at
     */
    Interval interval(double[] differences, int arms) {
        ConfidenceSequence sequence = new ConfidenceSequence(bound(arms));
        for (double difference : differences) {
            sequence.add(difference);
        }
        boolean begun = differences.length >= firstLook;
        return new Interval(
                1 - error / arms, begun ? (Double) sequence.low() : null, begun ? (Double) sequence.high() : null);
    }
}
