package org.initlab.training.spec;

import com.fasterxml.jackson.annotation.JsonFormat;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.NotNull;
import org.hibernate.validator.constraints.Range;
import org.jspecify.annotations.Nullable;

/**
 * The data to train on, and the class that counts as positive.
 *
 * @param name the data set's name, as {@code GET /datasets} lists it
 * @param positiveClass a class's name or its index in decimal; {@code null} for the data set's default
 * @param trainLimit how many of the first training rows to use; {@code null} for all
 * @param testLimit how many of the first test rows to use; {@code null} for all
 * @param positiveRate the share of positive rows, in (0, 1), to which each split is brought by dropping rows of the
 *     over-represented class; {@code null} keeps the data's own
 * @param path the folder below the data folder, for {@code image_folder} only
 */
public record DatasetSpec(
        @NotNull(message = "is required; GET /datasets lists the names") String name,
        @JsonFormat(shape = JsonFormat.Shape.SCALAR) @Nullable String positiveClass,
        @Range(min = 1, max = MAX_ROWS) Integer trainLimit,
        @Range(min = 1, max = MAX_ROWS) Integer testLimit,
        @DecimalMin(value = "0", inclusive = false) @DecimalMax(value = "1", inclusive = false) Double positiveRate,
        @Nullable String path) {
    private static final int MAX_ROWS = 10_000_000;
}
