package org.initlab.study;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.initlab.experiment.ExperimentState;
import org.initlab.experiment.ExperimentView.Progress;
import org.initlab.experiment.ExperimentView.RunCounts;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A study as it is served.
 *
 * @param revision its ETag; not part of the body
 * @param state that of its experiments, by the same rule as an experiment's from its runs
 * @param keep whether retention leaves it alone, because a point says so
 * @param base the spec that the points have in common, as it was submitted
 * @param experiments how many are in each state
 * @param runs those of all points
 * @param points where the last axis changes fastest
 */
public record StudyView(
        UUID id,
        @JsonIgnore long revision,
        String name,
        ExperimentState state,
        boolean keep,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        JsonNode base,
        List<GridAxis> axes,
        ExperimentCounts experiments,
        RunCounts runs,
        Progress progress,
        List<GridPoint> points,
        StudyLinks links) {

    /** How many experiments are in each state. */
    public record ExperimentCounts(
            int total, int queued, int running, int paused, int succeeded, int failed, int cancelled) {}

    /**
     * An experiment of the study.
     *
     * @param position from 0
     * @param indexes of its value on each axis, from 0
     * @param values its value on each axis
     * @param links paths of this service that serve the rest
     */
    public record GridPoint(
            int position,
            List<Integer> indexes,
            List<JsonNode> values,
            String name,
            UUID experimentId,
            ExperimentState state,
            RunCounts runs,
            Progress progress,
            PointLinks links) {}

    /** Paths of this service that serve a point's experiment. */
    public record PointLinks(String experiment, String comparison, String curves) {
        static PointLinks of(UUID experiment) {
            String self = "/experiments/" + experiment;
            return new PointLinks(self, self + "/comparison", self + "/curves.svg");
        }
    }

    /** Paths of this service that serve the rest. */
    public record StudyLinks(String self, String map, String csv, String picture, String experiments) {
        static StudyLinks of(UUID id) {
            String self = "/studies/" + id;
            return new StudyLinks(
                    self, self + "/map", self + "/map.csv", self + "/map.svg", "/experiments?study=" + id);
        }
    }

    /** The same for a list, without the points and their base. */
    public StudyOutline outline() {
        return new StudyOutline(
                id, name, state, keep, createdAt, startedAt, finishedAt, axes, experiments, runs, progress, links);
    }
}
