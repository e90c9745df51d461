package org.initlab.training.spec;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.NotNull;
import java.util.OptionalDouble;

/** How the output bias is initialised: the only thing in which the arms of a trial differ. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, include = JsonTypeInfo.As.EXISTING_PROPERTY, property = "type")
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder("type")
public sealed interface BiasInit {

    /** The rule's name on the wire. */
    @JsonProperty
    default String type() {
        return getClass().getAnnotation(JsonTypeName.class).value();
    }

    /**
     * The logit that the bias is set to; empty if it is drawn.
     *
     * @param positiveRate the training split's, in (0, 1)
     */
    OptionalDouble logit(double positiveRate);

    /** The number that tells two arms of this type apart; empty if none was given. */
    default OptionalDouble parameter() {
        return OptionalDouble.empty();
    }

    /** What {@code torch.nn.Linear} does: uniform in ±1/√fan_in. */
    @JsonTypeName("default")
    record Default() implements BiasInit {
        @Override
        public OptionalDouble logit(double positiveRate) {
            return OptionalDouble.empty();
        }
    }

    /** A bias of 0. */
    @JsonTypeName("zeros")
    record Zeros() implements BiasInit {
        @Override
        public OptionalDouble logit(double positiveRate) {
            return OptionalDouble.of(0);
        }
    }

    /**
     * ln(p / (1 − p)), Karpathy's recipe.
     *
     * @param rate p, in (0, 1); {@code null} is the training split's positive rate
     */
    @JsonTypeName("positive_rate")
    record PositiveRate(
            @DecimalMin(value = "0", inclusive = false) @DecimalMax(value = "1", inclusive = false) Double rate)
            implements BiasInit {

        /** With the training split's own rate. */
        public PositiveRate() {
            this(null);
        }

        @Override
        public OptionalDouble logit(double positiveRate) {
            double assumed = parameter().orElse(positiveRate);
            return OptionalDouble.of(Math.log(assumed) - Math.log1p(-assumed));
        }

        @Override
        public OptionalDouble parameter() {
            return rate == null ? OptionalDouble.empty() : OptionalDouble.of(rate);
        }
    }

    /**
     * A given logit.
     *
     * @param value the logit, in [-100, 100]
     */
    @JsonTypeName("constant")
    record Constant(
            @NotNull(message = "is required for the type constant: a logit") @DecimalMin("-100") @DecimalMax("100")
                    Double value)
            implements BiasInit {
        @Override
        public OptionalDouble logit(double positiveRate) {
            return parameter();
        }

        @Override
        public OptionalDouble parameter() {
            return OptionalDouble.of(value);
        }
    }
}
