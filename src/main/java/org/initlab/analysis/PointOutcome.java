package org.initlab.analysis;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How an arm differs from the baseline at a point of a study, after one epoch: the mean over the pairs of the arm minus the
 * baseline. What is not known is {@code null}.
 *
 * @param pairs trials in which both arms have finished the epoch
 * @param mean the mean difference
 * @param ciLow lower end of Student's 95 % interval of the mean
 * @param ciHigh its upper end
 * @param interval by which the arm is judged: at a higher level where the experiment has more arms, and valid at every look where it
 *     may stop early
 * @param equivalence whether the difference is shown to lie within the margin; {@code null} without a margin
 * @param tTestP two-sided p of the paired t test
 * @param tTestPAdjusted the same, adjusted by Holm over all points
 */
public record PointOutcome(
        Integer epoch,
        int pairs,
        Double mean,
        Double ciLow,
        Double ciHigh,
        @Nullable Interval interval,
        @Nullable Equivalence equivalence,
        Double tTestP,
        Double tTestPAdjusted,
        Verdict.@Nullable Code verdict) {

    /** Of a point that does not have the two arms. */
    public static final PointOutcome NONE = new PointOutcome(null, 0, null, null, null, null, null, null, null, null);

    /** The same with p-values that allow for the number of points. */
    public static List<PointOutcome> adjusted(List<PointOutcome> points) {
        List<Double> adjusted =
                Holm.adjust(points.stream().map(PointOutcome::tTestP).toList());
        List<PointOutcome> all = new ArrayList<>();
        for (int i = 0; i < points.size(); i++) {
            all.add(points.get(i).adjusted(adjusted.get(i)));
        }
        return all;
    }

    private PointOutcome adjusted(Double p) {
        return new PointOutcome(epoch, pairs, mean, ciLow, ciHigh, interval, equivalence, tTestP, p, verdict);
    }
}
