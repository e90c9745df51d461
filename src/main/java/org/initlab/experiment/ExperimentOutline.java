package org.initlab.experiment;

import java.util.UUID;
import org.initlab.analysis.Criterion;
import org.initlab.training.data.DatasetSummary;
import org.jspecify.annotations.Nullable;

/**
 * An experiment without its runs.
 *
 * @param dataset {@code null} until the data has been read
 */
public record ExperimentOutline(
        UUID id, String name, ExperimentState state, ExperimentSpec spec, @Nullable DatasetSummary dataset) {

    /** The difference that matters where none is asked for; {@code null} if none is known. */
    public @Nullable Double usualMargin(Criterion criterion) {
        return criterion.usualMargin(
                spec.stopping() == null ? null : spec.stopping().margin(),
                dataset == null ? null : (Double) dataset.testPositiveRate());
    }
}
