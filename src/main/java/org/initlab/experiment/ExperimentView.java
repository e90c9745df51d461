package org.initlab.experiment;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.initlab.run.Preparing;
import org.initlab.training.data.DatasetSummary;
import org.jspecify.annotations.Nullable;

/**
 * An experiment as it is served.
 *
 * @param revision its ETag; not part of the body
 * @param keep whether retention leaves it alone
 * @param studyId the study that it is a point of; {@code null} for none
 * @param checkpointsRemovedAt when retention removed its checkpoints, so that it cannot be extended or retried any more;
 *     {@code null} if it has not
 * @param dataset {@code null} until the data has been read
 * @param expectedInitialLoss by arm in camel case: the loss of a network that knows only its bias; {@code null} until
 *     the data has been read
 * @param expectedInitialObjective the same of what training minimises
 * @param warnings what was guessed, left out or looks odd, as sentences
 * @param stoppedEarly what ended it before its last trial; {@code null} if nothing has
 * @param preparing how far the images of a running run are decoded; {@code null} if all are
 * @param waitingFor what its queued runs need that no worker offers now; {@code null} if they only wait their turn
 */
public record ExperimentView(
        UUID id,
        @JsonIgnore long revision,
        String name,
        ExperimentState state,
        int priority,
        boolean keep,
        @Nullable UUID studyId,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        @Nullable Instant checkpointsRemovedAt,
        ExperimentSpec spec,
        @Nullable DatasetSummary dataset,
        @Nullable Map<String, Double> expectedInitialLoss,
        @Nullable Map<String, Double> expectedInitialObjective,
        List<String> warnings,
        @Nullable StoppedEarly stoppedEarly,
        RunCounts runs,
        @Nullable Preparing preparing,
        @Nullable String waitingFor,
        Progress progress,
        Links links) {

    ExperimentView waitingFor(@Nullable String lack) {
        return new ExperimentView(
                id,
                revision,
                name,
                state,
                priority,
                keep,
                studyId,
                createdAt,
                startedAt,
                finishedAt,
                checkpointsRemovedAt,
                spec,
                dataset,
                expectedInitialLoss,
                expectedInitialObjective,
                warnings,
                stoppedEarly,
                runs,
                preparing,
                lack,
                progress,
                links);
    }

    /** How many runs are in each state. */
    public record RunCounts(
            long total,
            long queued,
            long running,
            long paused,
            long succeeded,
            long failed,
            long diverged,
            long cancelled,
            long skipped) {
        /** Those of both. */
        public RunCounts plus(RunCounts other) {
            return new RunCounts(
                    total + other.total,
                    queued + other.queued,
                    running + other.running,
                    paused + other.paused,
                    succeeded + other.succeeded,
                    failed + other.failed,
                    diverged + other.diverged,
                    cancelled + other.cancelled,
                    skipped + other.skipped);
        }
    }

    /**
     * How far the runs are that are not skipped, not counting epoch 0.
     *
     * @param fraction in [0, 1]
     * @param etaSeconds from the mean duration of the epochs so far; {@code null} before the first, 0 at the end
     */
    public record Progress(long epochsDone, long epochsTotal, double fraction, Long etaSeconds) {}

    /** Paths of this service that serve the rest. */
    public record Links(
            String self,
            String metrics,
            String csv,
            String steps,
            String events,
            String comparison,
            String curves,
            String runs,
            String tensorboard) {
        static Links of(String self) {
            return new Links(
                    self,
                    self + "/metrics",
                    self + "/metrics.csv",
                    self + "/steps.csv",
                    self + "/events",
                    self + "/comparison",
                    self + "/curves.svg",
                    self + "/runs",
                    self + "/tensorboard.zip");
        }
    }
}
