package org.initlab.experiment;

import jakarta.validation.constraints.NotNull;
import org.hibernate.validator.constraints.Range;

/** What can be changed about an experiment. */
public record Change(
        @NotNull(message = "is required") @Range(min = ExperimentSpec.MIN_PRIORITY, max = ExperimentSpec.MAX_PRIORITY)
                Integer priority) {}
