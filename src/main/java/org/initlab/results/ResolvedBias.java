package org.initlab.results;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.OptionalDouble;
import org.initlab.training.spec.BiasInit;
import org.jspecify.annotations.Nullable;

/**
 * A bias initialisation with the numbers that it comes to on an experiment's data.
 *
 * @param type the rule's name
 * @param rate the positive rate that it assumes; {@code null} where it assumes none
 * @param value the logit that it sets; {@code null} where that is drawn
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ResolvedBias(String type, @Nullable Double rate, @Nullable Double value) {

    /** What is known of an arm before its data was read: what the user gave. */
    static ResolvedBias unread(BiasInit arm) {
        boolean assumed = arm instanceof BiasInit.PositiveRate;
        Double given = boxed(arm.parameter());
        return new ResolvedBias(arm.type(), assumed ? given : null, assumed ? null : given);
    }

    /**
     * What an arm comes to.
     *
     * @param positiveRate the training split's, in (0, 1)
     */
    static ResolvedBias on(double positiveRate, BiasInit arm) {
        Double rate =
                arm instanceof BiasInit.PositiveRate ? (Double) arm.parameter().orElse(positiveRate) : null;
        return new ResolvedBias(arm.type(), rate, boxed(arm.logit(positiveRate)));
    }

    private static @Nullable Double boxed(OptionalDouble number) {
        return number.isPresent() ? (Double) number.getAsDouble() : null;
    }
}
