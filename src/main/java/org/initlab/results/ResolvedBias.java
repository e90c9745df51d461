package org.initlab.results;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.OptionalDouble;
import org.initlab.training.spec.BiasInit;
import org.initlab.training.spec.BiasInit.HeadWeights;
import org.initlab.training.spec.Prior;
import org.jspecify.annotations.Nullable;

/**
 * A bias initialisation with the numbers that it comes to on an experiment's data.
 *
 * @param type the rule's name
 * @param rate the positive rate that it assumes; left out where it assumes none
 * @param value the logit that it sets; {@code null} where each run has its own
 * @param headWeights {@code zeros} where they start at 0, else left out
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ResolvedBias(
        String type, @Nullable Double rate, @JsonInclude @Nullable Double value, @Nullable HeadWeights headWeights) {

    /** What is known of an arm before its data was read: what the user gave. */
    static ResolvedBias unread(BiasInit arm) {
        boolean assumed = arm instanceof BiasInit.PositiveRate;
        Double given = boxed(arm.parameter());
        return new ResolvedBias(arm.type(), assumed ? given : null, assumed ? null : given, arm.headWeights());
    }

    /** What an arm comes to. */
    static ResolvedBias on(Prior prior, BiasInit arm) {
        Double rate =
                arm instanceof BiasInit.PositiveRate ? (Double) arm.parameter().orElse(prior.positiveRate()) : null;
        return new ResolvedBias(arm.type(), rate, boxed(arm.logit(prior)), arm.headWeights());
    }

    private static @Nullable Double boxed(OptionalDouble number) {
        return number.isPresent() ? (Double) number.getAsDouble() : null;
    }
}
