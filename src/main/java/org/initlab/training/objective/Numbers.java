package org.initlab.training.objective;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

/**
 * Arithmetic with numbers, for losses. DJL's own, such as {@link NDArray#mul(Number)}, puts the number into memory that Java frees
 * after the operation, while autograd still needs it for the backward pass: after a garbage collection in between, the gradient
 * is wrong.
 */
final class Numbers {
    private static final Shape SCALAR = new Shape();

    private Numbers() {}

    /** Adds a number to every element; the result is new, in the array's manager. */
    static NDArray sum(NDArray array, double number) {
        try (NDArray scalar = scalar(array, number)) {
            return array.add(scalar);
        }
    }

    /** Multiplies every element by a number; the result is new, in the array's manager. */
    static NDArray product(NDArray array, double number) {
        try (NDArray scalar = scalar(array, number)) {
            return array.mul(scalar);
        }
    }

    /** In PyTorch's own memory, which lives as long as autograd refers to it. */
    private static NDArray scalar(NDArray array, double number) {
        return array.getManager().full(SCALAR, (float) number);
    }
}
