package org.initlab.training.data;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a table's column holds, by all its values; on the wire in {@code snake_case}. */
public enum ColumnKind {
    NUMBER,
    TEXT,
    BOOLEAN;

    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
