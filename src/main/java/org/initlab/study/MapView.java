package org.initlab.study;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;
import java.util.UUID;
import org.initlab.analysis.Criterion;
import org.initlab.analysis.Equivalence;
import org.initlab.analysis.Interval;
import org.initlab.analysis.Verdict;
import org.initlab.experiment.ExperimentState;
import org.initlab.study.StudyView.PointLinks;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * How an arm differs from the baseline at each point of a study.
 *
 * @param revision its ETag; not part of the body
 * @param arm its label; {@code null} where it is not the same at all points
 * @param baseline the label of the arm that it is compared with; {@code null} likewise
 * @param metric what the differences and verdicts are about
 * @param epoch that was asked for; {@code null} for each point's last
 * @param margin that was asked for; {@code null} for the usual one on each point's data
 * @param arms the labels of all points' arms, to ask for others
 * @param points where the last axis changes fastest
 */
public record MapView(
        UUID studyId,
        @JsonIgnore long revision,
        String name,
        ExperimentState state,
        @Nullable String arm,
        @Nullable String baseline,
        Criterion metric,
        Integer epoch,
        Double margin,
        List<String> arms,
        List<GridAxis> axes,
        List<MapPoint> points) {

    /**
     * A point: the arm minus the baseline, pair by pair, after an epoch. What is not known is {@code null}.
     *
     * @param position from 0
     * @param indexes of its value on each axis, from 0
     * @param values its value on each axis
     * @param fraction how far its runs are, in [0, 1]
     * @param arm {@code null} where the experiment has no such arm; then nothing is known
     * @param epoch the one that is shown
     * @param pairs trials in which both arms have finished it
     * @param difference the mean, and Student's 95 % interval of it
     * @param interval by which the verdict goes: at a higher level where the experiment has more arms, and the sequence where it may stop
     *     early
     * @param margin the difference that matters
     * @param equivalence whether the difference is shown to lie within the margin
     * @param tTestP two-sided p of the paired t test
     * @param tTestPAdjusted the same, adjusted by Holm over all points
     * @param verdict as the comparison of the experiment has it
     */
    public record MapPoint(
            int position,
            List<Integer> indexes,
            List<JsonNode> values,
            String name,
            UUID experimentId,
            ExperimentState state,
            double fraction,
            @Nullable String arm,
            @Nullable String baseline,
            Integer epoch,
            int pairs,
            MeanDifference difference,
            @Nullable Interval interval,
            Double margin,
            @Nullable Equivalence equivalence,
            Double tTestP,
            Double tTestPAdjusted,
            Verdict.@Nullable Code verdict,
            PointLinks links) {}

    /** A mean of differences, with Student's 95 % interval. */
    public record MeanDifference(Double mean, Double ciLow, Double ciHigh) {}
}
