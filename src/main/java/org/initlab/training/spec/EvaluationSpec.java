package org.initlab.training.spec;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import org.hibernate.validator.constraints.Range;

/**
 * How the test split is evaluated.
 *
 * @param batchSize rows per forward pass
 * @param mode how BatchNorm and dropout behave during evaluation
 */
public record EvaluationSpec(@Range(min = 1, max = 65_536) Integer batchSize, Mode mode) {

    /** PyTorch's {@code module.eval()} or {@code module.train()}; on the wire in {@code snake_case}. */
    public enum Mode {
        /** BatchNorm uses its running statistics, dropout is off. */
        EVAL,
        /** BatchNorm uses the batch's statistics and dropout is on, as in the reference script. */
        TRAIN;

        @JsonValue
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public EvaluationSpec {
        batchSize = batchSize == null ? 256 : batchSize;
        mode = mode == null ? Mode.EVAL : mode;
    }

    /** Batches of 256 in evaluation mode. */
    public EvaluationSpec() {
        this(null, null);
    }
}
