package org.initlab.training.objective;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How much a positive row counts, {@code pos_weight} in PyTorch; in JSON a number or a rule's name.
 *
 * @param number in (0, 1e6]; {@code null} where a rule says it
 */
public record PositiveWeight(
        @Nullable @DecimalMin(value = "0", inclusive = false) @DecimalMax("1000000") Double number,
        @Nullable Rule rule) {
    static final PositiveWeight ONE = new PositiveWeight(1.0, null);

    /** On the wire in lower case. */
    public enum Rule {
        /** Negatives to positives of the training split, so that both classes count the same. */
        BALANCED;

        @JsonValue
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static PositiveWeight of(Object json) {
        return json instanceof Number number
                ? new PositiveWeight(number.doubleValue(), null)
                : new PositiveWeight(null, Rule.valueOf(json.toString().toUpperCase(Locale.ROOT)));
    }

    @JsonValue
    Object json() {
        return number == null ? rule : number;
    }

    public boolean isBalanced() {
        return rule == Rule.BALANCED;
    }

    /** Returns the weight, given the training split's positive rate, in (0, 1). */
    double on(double positiveRate) {
        return number == null ? (1 - positiveRate) / positiveRate : number;
    }
}
