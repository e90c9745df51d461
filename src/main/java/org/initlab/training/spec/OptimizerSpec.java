package org.initlab.training.spec;

import com.fasterxml.jackson.annotation.JsonValue;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import java.util.Locale;

/**
 * The optimizer, by PyTorch's names.
 *
 * @param type the update rule
 * @param learningRate the step size, in (0, 1000]
 * @param momentum of {@link Type#SGD} alone, in [0, 1); {@code null} with the others
 * @param weightDecay L2 penalty ({@code sgd}, {@code adam}) or decoupled decay ({@code adamw}), in [0, 10]
 */
public record OptimizerSpec(
        Type type,
        @DecimalMin(value = "0", inclusive = false) @DecimalMax("1000") Double learningRate,
        @DecimalMin("0") @DecimalMax(value = "1", inclusive = false) Double momentum,
        @DecimalMin("0") @DecimalMax("10") Double weightDecay) {

    /** The update rules; on the wire in {@code snake_case}. */
    public enum Type {
        /** {@code torch.optim.SGD} with momentum, without dampening and Nesterov. */
        SGD,
        /** {@code torch.optim.Adam}, betas 0.9 and 0.999, eps 1e-8. */
        ADAM,
        /** {@code torch.optim.AdamW}, betas 0.9 and 0.999, eps 1e-8. */
        ADAMW;

        @JsonValue
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public OptimizerSpec {
        type = type == null ? Type.SGD : type;
        learningRate = learningRate == null ? 1e-4 : learningRate;
        momentum = momentum == null && type == Type.SGD ? Double.valueOf(0.9) : momentum;
        weightDecay = weightDecay == null ? 0.0 : weightDecay;
    }

    /** The reference experiment's: SGD, learning rate 1e-4, momentum 0.9. */
    public OptimizerSpec() {
        this(null, null, null, null);
    }
}
