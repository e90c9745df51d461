package org.initlab.experiment;

import java.time.Instant;
import java.util.UUID;
import org.initlab.analysis.Criterion;
import org.initlab.experiment.ExperimentView.Progress;
import org.initlab.experiment.ExperimentView.RunCounts;
import org.jspecify.annotations.Nullable;

/**
 * An experiment as a point of a study.
 *
 * @param position its place in the study's grid, from 0
 * @param revision grows with every change of it or of one of its runs
 * @param keep whether retention leaves it alone
 * @param testPositiveRate the test split's; {@code null} until the data has been read
 * @param stopping when it is done before all trials; {@code null} if never
 * @param epochSeconds the mean duration of its epochs so far; {@code null} before the first, and when it is finished
 */
public record StudyPoint(
        UUID id,
        UUID studyId,
        int position,
        String name,
        ExperimentState state,
        long revision,
        boolean keep,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        Double testPositiveRate,
        @Nullable StoppingSpec stopping,
        RunCounts runs,
        Progress progress,
        Double epochSeconds) {

    /** The difference that matters where none is asked for; {@code null} if none is known. */
    public @Nullable Double usualMargin(Criterion criterion) {
        return criterion.usualMargin(stopping == null ? null : stopping.margin(), testPositiveRate);
    }
}
