package org.initlab.study;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a user asks for: an experiment for each combination of the axes' values.
 *
 * @param name shown in lists and pictures; {@code null} for the base's name
 * @param base an experiment's spec; what is on an axis may be left out
 * @param axes what varies
 */
public record StudySpec(
        @Nullable @Size(min = 1, max = 200) String name,
        @NotNull(message = "is required: the spec that the points have in common") JsonNode base,
        @NotNull(message = "is required: what varies, from one to three axes") @Size(min = 1, max = 3)
                List<@NotNull(message = "must not be null") @Valid AxisSpec> axes) {

    /**
     * A field of the spec and the values that it takes.
     *
     * @param pointer to the field, as RFC 6901 has it
     * @param values what the field is set to; {@code null} among them is its default
     */
    public record AxisSpec(
            @NotNull(message = "is required: a JSON pointer such as /training/optimizer/learningRate") String pointer,
            @NotNull(message = "is required") @Size(min = 1, max = Grid.MOST_POINTS) List<JsonNode> values) {}
}
