package org.initlab.experiment;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An experiment has ended, perhaps once more after a user asked for more; published in the transaction in which it does.
 *
 * @param studyId {@code null} if it is no point of a study
 */
public record ExperimentEnded(UUID id, String name, ExperimentState state, @Nullable UUID studyId, Instant at) {}
