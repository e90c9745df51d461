package org.initlab.training.spec;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** The floating-point type of a network's large operations; parameters, loss and metrics are always float32. */
public enum Precision {
    /** Everything in float32. */
    FLOAT32,
    /** Convolutions and matrix products in bfloat16, as {@code torch.autocast} casts them. */
    BFLOAT16;

    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
