package org.initlab.study;

import java.time.Instant;
import java.util.UUID;
import org.initlab.experiment.ExperimentState;

/**
 * The last point of a study has ended, perhaps once more after a user asked for more; published in the transaction in which it does.
 */
public record StudyEnded(UUID id, String name, ExperimentState state, Instant at) {}
