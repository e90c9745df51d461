package org.initlab.training.engine;

import ai.djl.ndarray.NDManager;
import java.util.function.Supplier;

/**
 * Who owns an array, everywhere in {@code training}:
 *
 * <ul>
 *   <li>An array belongs to a manager, and closing the manager frees it. What is computed from a batch belongs to the
 *       batch's manager, so whatever an exception leaves open is freed with the batch; parameters, states and constants
 *       belong to the manager of the object that holds them.
 *   <li>A method borrows the arrays that it is given: it neither closes nor changes them. What it returns is new, and
 *       the caller closes it as soon as possible; autograd itself keeps what it needs.
 *   <li>But on the CPU an array made from Java's values or from a buffer <em>is</em> Java's memory, which is freed or used again
 *       once the array is closed, even if autograd, a view or a module still refers to it. So such an array stays open until
 *       the backward pass, and a network gets a copy to see. DJL's arithmetic with a {@link Number} closes one at once, so
 *       nothing that autograd records may use it.
 *   <li>Only a method called {@code take} owns what it is given: it closes it, or returns it changed, and the caller
 *       must not use it again.
 *   <li>Whoever creates a manager closes it, even if building what it was created for fails halfway.
 * </ul>
 */
public final class Managed {
    private Managed() {}

    /**
     * Builds an object that will own a manager.
     *
     * @param manager closed if {@code build} throws, with everything allocated so far
     */
    public static <T> T build(NDManager manager, Supplier<T> build) {
        boolean built = false;
        try {
            T owner = build.get();
            built = true;
            return owner;
        } finally {
            if (!built) {
                manager.close();
            }
        }
    }
}
