package org.initlab.training.spec;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import org.jspecify.annotations.Nullable;

/** The update rule and its constants, under PyTorch's names. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, include = JsonTypeInfo.As.EXISTING_PROPERTY, property = "type")
@JsonPropertyOrder({"type", "learningRate", "momentum", "weightDecay"})
public sealed interface OptimizerSpec {

    /** The rule's name on the wire; a spec without one gets {@code sgd}. */
    @JsonProperty(defaultValue = "sgd")
    default String type() {
        return getClass().getAnnotation(JsonTypeName.class).value();
    }

    /** The step size, in (0, 1000]; 1e-4 unless given. */
    Double learningRate();

    /** Only for {@link Sgd}; the others are served with {@code null} here, as they always have been. */
    @JsonProperty
    default @Nullable Double momentum() {
        return null;
    }

    /** In [0, 10]; 0 unless given. */
    Double weightDecay();

    /**
     * {@code torch.optim.SGD} without dampening or Nesterov momentum.
     *
     * @param momentum in [0, 1); 0.9 unless given
     * @param weightDecay an L2 penalty
     */
    @JsonTypeName("sgd")
    record Sgd(
            @DecimalMin(value = "0", inclusive = false) @DecimalMax("1000") Double learningRate,
            @DecimalMin("0") @DecimalMax(value = "1", inclusive = false) Double momentum,
            @DecimalMin("0") @DecimalMax("10") Double weightDecay)
            implements OptimizerSpec {
        public Sgd {
            learningRate = learningRate == null ? 1e-4 : learningRate;
            momentum = momentum == null ? 0.9 : momentum;
            weightDecay = weightDecay == null ? 0.0 : weightDecay;
        }

        /** The reference experiment's optimizer: learning rate 1e-4, momentum 0.9. */
        public Sgd() {
            this(null, null, null);
        }
    }

    /**
     * {@code torch.optim.Adam}, betas 0.9 and 0.999, eps 1e-8.
     *
     * @param weightDecay an L2 penalty
     */
    @JsonTypeName("adam")
    @JsonIgnoreProperties(value = "momentum", allowGetters = true)
    record Adam(
            @DecimalMin(value = "0", inclusive = false) @DecimalMax("1000") Double learningRate,
            @DecimalMin("0") @DecimalMax("10") Double weightDecay)
            implements OptimizerSpec {
        public Adam {
            learningRate = learningRate == null ? 1e-4 : learningRate;
            weightDecay = weightDecay == null ? 0.0 : weightDecay;
        }
    }

    /**
     * {@code torch.optim.AdamW}, betas 0.9 and 0.999, eps 1e-8.
     *
     * @param weightDecay decoupled from the gradient
     */
    @JsonTypeName("adamw")
    @JsonIgnoreProperties(value = "momentum", allowGetters = true)
    record AdamW(
            @DecimalMin(value = "0", inclusive = false) @DecimalMax("1000") Double learningRate,
            @DecimalMin("0") @DecimalMax("10") Double weightDecay)
            implements OptimizerSpec {
        public AdamW {
            learningRate = learningRate == null ? 1e-4 : learningRate;
            weightDecay = weightDecay == null ? 0.0 : weightDecay;
        }
    }
}
