package org.initlab.training.network.layers;

/** What a {@link ScriptedLayer} applies to each value. */
public enum Activation {
    NONE(0),
    /** max(x, 0). */
    RELU(1),
    /** x·sigmoid(x). */
    SILU(2),
    /** x·min(max(x + 3, 0), 6) / 6. */
    HARDSWISH(3),
    /** 1 / (1 + e^−x). */
    SIGMOID(4),
    /** min(max(x + 3, 0), 6) / 6. */
    HARDSIGMOID(5);

    private final int code;

    Activation(int code) {
        this.code = code;
    }

    /** The number that {@code program.py} knows it by. */
    int code() {
        return code;
    }
}
