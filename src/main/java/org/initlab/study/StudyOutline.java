package org.initlab.study;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.initlab.experiment.ExperimentState;
import org.initlab.experiment.ExperimentView.Progress;
import org.initlab.experiment.ExperimentView.RunCounts;
import org.initlab.study.StudyView.ExperimentCounts;
import org.initlab.study.StudyView.StudyLinks;
import org.jspecify.annotations.Nullable;

/** A study in a list, as {@link StudyView} without its points and their base. */
public record StudyOutline(
        UUID id,
        String name,
        ExperimentState state,
        boolean keep,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        List<GridAxis> axes,
        ExperimentCounts experiments,
        RunCounts runs,
        Progress progress,
        StudyLinks links) {}
