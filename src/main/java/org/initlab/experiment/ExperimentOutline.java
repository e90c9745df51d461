package org.initlab.experiment;

import java.util.UUID;
import org.initlab.training.data.DatasetSummary;
import org.jspecify.annotations.Nullable;

/**
 * An experiment without its runs.
 *
 * @param dataset {@code null} until the data has been read
 */
public record ExperimentOutline(
        UUID id, String name, ExperimentState state, ExperimentSpec spec, @Nullable DatasetSummary dataset) {}
