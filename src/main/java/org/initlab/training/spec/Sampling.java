package org.initlab.training.spec;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Which rows an epoch trains on; on the wire in lower case. */
public enum Sampling {
    /** Every row once. */
    NATURAL,
    /** As many rows, drawn with replacement: half of them positives (rounded down), the rest negatives. */
    BALANCED;

    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Returns the share of positives among the rows that an epoch draws.
     *
     * @param positiveRate the split's
     * @param rows the split's
     */
    public double drawnRate(double positiveRate, int rows) {
        return this == NATURAL ? positiveRate : (double) positives(rows) / rows;
    }

    /** Returns how many of a balanced epoch's rows are positives. */
    public static int positives(int rows) {
        return rows / 2;
    }
}
