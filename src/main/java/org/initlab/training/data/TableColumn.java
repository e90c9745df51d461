package org.initlab.training.data;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table's column as the network sees it, by the training rows.
 *
 * @param name as the header has it
 * @param kind numbers become one feature, texts and booleans one for each of {@code values}
 * @param mean of the present numbers, after {@code log}; {@code null} of texts, or if there are none
 * @param std their population deviation, 0 if the column is constant and becomes 0; {@code null} as the mean
 * @param values what the features of a text stand for, in their order, {@code null} for a missing text; {@code null} of numbers
 * @param missing how many training rows have no value
 */
public record TableColumn(
        String name,
        ColumnKind kind,
        @Nullable Double mean,
        @Nullable Double std,
        @Nullable List<@Nullable String> values,
        int missing) {

    int features() {
        return values == null ? 1 : values.size();
    }
}
