package org.initlab.webhook;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.initlab.analysis.Verdict;
import org.initlab.experiment.ExperimentState;
import org.initlab.experiment.ExperimentView;
import org.initlab.experiment.ExperimentView.RunCounts;
import org.initlab.study.StudyView;
import org.jspecify.annotations.Nullable;

/** What a receiver gets. */
sealed interface WebhookBody {
    /**
     * An experiment has ended.
     *
     * @param timestamp when it happened
     * @param text the same for people
     */
    record ExperimentMessage(WebhookEvent.Type type, Instant timestamp, String text, ExperimentEnd data)
            implements WebhookBody {}

    /**
     * A study has ended.
     *
     * @param timestamp when it happened
     * @param text the same for people
     */
    record StudyMessage(WebhookEvent.Type type, Instant timestamp, String text, StudyEnd data) implements WebhookBody {}

    /**
     * An experiment that has ended.
     *
     * @param runs {@code null} if the experiment has gone on or was deleted before this was written, as is {@code links} if it was
     *     deleted
     * @param verdicts of all arms but the baseline; empty likewise
     */
    record ExperimentEnd(
            UUID id,
            String name,
            ExperimentState state,
            @Nullable UUID studyId,
            @Nullable RunCounts runs,
            List<ArmVerdict> verdicts,
            ExperimentView.@Nullable Links links) {}

    /** What the comparison with the baseline says by the loss. */
    record ArmVerdict(String arm, String baseline, Verdict.Code code, String text) {}

    /**
     * A study of which every experiment has ended.
     *
     * @param experiments how many are in each state; {@code null} if the study has gone on or was deleted before this was written, as
     *     is {@code links} if it was deleted
     * @param arm what the map shows against {@code baseline}; {@code null} where it is not the same at all points
     * @param verdicts at how many points the map has each verdict
     */
    record StudyEnd(
            UUID id,
            String name,
            ExperimentState state,
            StudyView.@Nullable ExperimentCounts experiments,
            @Nullable String arm,
            @Nullable String baseline,
            Map<Verdict.Code, Long> verdicts,
            StudyView.@Nullable StudyLinks links) {}
}
