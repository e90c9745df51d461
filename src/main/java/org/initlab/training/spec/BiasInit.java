package org.initlab.training.spec;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.NotNull;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * How the output bias starts: the one thing in which the arms of a trial differ.
 *
 * @param type the rule
 * @param rate the assumed positive rate of {@link Type#POSITIVE_RATE}, in (0, 1); {@code null} is the training split's
 * @param value the logit of {@link Type#CONSTANT}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BiasInit(
        @NotNull(message = "is required: default, zeros, positive_rate or constant") Type type,
        @DecimalMin(value = "0", inclusive = false) @DecimalMax(value = "1", inclusive = false) Double rate,
        @DecimalMin("-100") @DecimalMax("100") Double value) {

    /** The rules; on the wire in {@code snake_case}. */
    public enum Type {
        /** What {@code torch.nn.Linear} does: uniform in ±1/√fan_in. */
        DEFAULT,
        /** 0. */
        ZEROS,
        /** ln(p / (1 − p)), Karpathy's recipe. */
        POSITIVE_RATE,
        /** A given logit. */
        CONSTANT;

        @JsonValue
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * The logit that the bias is set to; empty where it is drawn.
     *
     * @param positiveRate the training split's, in (0, 1); taken where no rate is given
     */
    public OptionalDouble logit(double positiveRate) {
        return switch (type) {
            case DEFAULT -> OptionalDouble.empty();
            case ZEROS -> OptionalDouble.of(0);
            case POSITIVE_RATE -> OptionalDouble.of(logOdds(rate == null ? positiveRate : rate));
            case CONSTANT -> OptionalDouble.of(value);
        };
    }

    private static double logOdds(double probability) {
        return Math.log(probability) - Math.log1p(-probability);
    }

    public static BiasInit of(Type type) {
        return new BiasInit(type, null, null);
    }
}
