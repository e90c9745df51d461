package org.initlab.training.objective;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How focal loss weighs the classes; in JSON a number or {@code none}.
 *
 * @param number α, in [0, 1]: positive rows count α, negative ones 1 − α; {@code null} where all count 1
 */
public record FocalAlpha(@Nullable @DecimalMin("0") @DecimalMax("1") Double number, @Nullable Rule rule) {
    static final FocalAlpha USUAL = new FocalAlpha(0.25, null);

    /** On the wire in lower case. */
    public enum Rule {
        /** All rows count 1. */
        NONE;

        @JsonValue
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static FocalAlpha of(Object json) {
        return json instanceof Number number
                ? new FocalAlpha(number.doubleValue(), null)
                : new FocalAlpha(null, Rule.valueOf(json.toString().toUpperCase(Locale.ROOT)));
    }

    @JsonValue
    Object json() {
        return number == null ? rule : number;
    }

    double positives() {
        return number == null ? 1 : number;
    }

    double negatives() {
        return number == null ? 1 : 1 - number;
    }
}
