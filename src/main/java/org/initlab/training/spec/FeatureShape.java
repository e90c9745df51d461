package org.initlab.training.spec;

import org.jspecify.annotations.Nullable;

/**
 * Rows that are lists of numbers.
 *
 * @param features the numbers in a row; {@code null} if only the data tells
 */
public record FeatureShape(@Nullable Integer features) implements RowShape {}
