package org.initlab.experiment;

import jakarta.validation.constraints.NotNull;
import org.hibernate.validator.constraints.Range;

/** The number of epochs up to which an experiment continues. */
public record Extension(
        @NotNull(message = "is required: the number of epochs to go on to") @Range(min = 1, max = 1000)
                Integer epochs) {}
