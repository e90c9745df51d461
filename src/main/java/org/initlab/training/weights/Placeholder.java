package org.initlab.training.weights;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Stands for whatever a pickle asks for besides tensors and plain containers. Nothing is looked up, made or called; arguments
 * and attributes are dropped.
 */
final class Placeholder {
    private final String global;
    private final Map<String, Object> items = new LinkedHashMap<>(0);

    /**
     * Stands for a global, or for what calling it would return.
     *
     * @param global module and name, as the pickle has them
     */
    Placeholder(String global) {
        this.global = global;
    }

    /** What was set on it by text, as on a subclass of {@code dict}. */
    Map<String, Object> items() {
        return items;
    }

    @Override
    public String toString() {
        return global;
    }
}
