package org.initlab.training.spec;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import com.fasterxml.jackson.annotation.JsonValue;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.NotNull;
import java.util.Locale;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** How the output bias is initialised, and whether the weights beside it start at 0: all in which the arms of a trial differ. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, include = JsonTypeInfo.As.EXISTING_PROPERTY, property = "type")
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder("type")
public sealed interface BiasInit {

    /** What becomes of the output layer's weights before the first step; on the wire in lower case. */
    enum HeadWeights {
        /** They are drawn as always, so that all other draws stay the same, and then set to 0. */
        ZEROS;

        @JsonValue
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The rule's name on the wire. */
    @JsonProperty
    default String type() {
        return getClass().getAnnotation(JsonTypeName.class).value();
    }

    /** {@code null} leaves them as they were drawn or loaded. */
    @Nullable
    HeadWeights headWeights();

    /** The logit that the bias is set to; empty if it is drawn, or depends on the network. */
    OptionalDouble logit(Prior prior);

    /** The logit that a network of no weights would give every row. */
    default double expectedLogit(Prior prior) {
        return logit(prior).orElse(0);
    }

    /** The number that tells two arms of this type apart; empty if none was given. */
    default OptionalDouble parameter() {
        return OptionalDouble.empty();
    }

    private static double logitOf(double rate) {
        return Math.log(rate) - Math.log1p(-rate);
    }

    /** What {@code torch.nn.Linear} does: uniform in ±1/√fan_in. */
    @JsonTypeName("default")
    record Default(@Nullable HeadWeights headWeights) implements BiasInit {

        /** With the weights as drawn. */
        public Default() {
            this(null);
        }

        @Override
        public OptionalDouble logit(Prior prior) {
            return OptionalDouble.empty();
        }
    }

    /** A bias of 0. */
    @JsonTypeName("zeros")
    record Zeros(@Nullable HeadWeights headWeights) implements BiasInit {

        /** With the weights as drawn. */
        public Zeros() {
            this(null);
        }

        @Override
        public OptionalDouble logit(Prior prior) {
            return OptionalDouble.of(0);
        }
    }

    /**
     * ln(p / (1 − p)), Karpathy's recipe, and with a rate RetinaNet's prior.
     *
     * @param rate p, in (0, 1); {@code null} is the training split's positive rate
     */
    @JsonTypeName("positive_rate")
    record PositiveRate(
            @DecimalMin(value = "0", inclusive = false) @DecimalMax(value = "1", inclusive = false) Double rate,
            @Nullable HeadWeights headWeights)
            implements BiasInit {

        /** With the training split's own rate. */
        public PositiveRate() {
            this(null);
        }

        /** With the weights as drawn. */
        public PositiveRate(Double rate) {
            this(rate, null);
        }

        @Override
        public OptionalDouble logit(Prior prior) {
            return OptionalDouble.of(logitOf(parameter().orElse(prior.positiveRate())));
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
                    Double value,
            @Nullable HeadWeights headWeights)
            implements BiasInit {

        /** With the weights as drawn. */
        public Constant(Double value) {
            this(value, null);
        }

        @Override
        public OptionalDouble logit(Prior prior) {
            return parameter();
        }

        @Override
        public OptionalDouble parameter() {
            return OptionalDouble.of(value);
        }
    }

    /** The logit that minimises the training objective over the rows that training draws, all of them having the same. */
    @JsonTypeName("optimal")
    record Optimal(@Nullable HeadWeights headWeights) implements BiasInit {
        @Override
        public OptionalDouble logit(Prior prior) {
            return OptionalDouble.of(prior.objective().constantLogit(prior.drawnRate()));
        }
    }

    /** The bias with which the untrained network's mean probability is the positive rate; each run has its own. */
    @JsonTypeName("calibrated")
    record Calibrated(@Nullable HeadWeights headWeights) implements BiasInit {
        @Override
        public OptionalDouble logit(Prior prior) {
            return OptionalDouble.empty();
        }

        @Override
        public double expectedLogit(Prior prior) {
            return logitOf(prior.positiveRate());
        }
    }
}
