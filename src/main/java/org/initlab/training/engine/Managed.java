package org.initlab.training.engine;

import ai.djl.ndarray.NDManager;
import java.util.function.Supplier;

/**
 * Who owns an array, everywhere in {@code training}:
 *
 * <ul>
 *   <li>An array belongs to a manager, and closing the manager frees it. What is computed from a batch belongs to the batch's
 *       manager, so whatever an exception leaves open is freed with the batch; parameters, states and constants belong to the
 *       manager of the object that keeps them.
 *   <li>A method borrows the arrays that it is given: it neither closes nor changes them. What it returns is new, and the
 *       caller's to close; it does so as soon as it can, as autograd keeps for itself what it needs.
 *   <li>Only a method called {@code take} owns what it is given: it closes it, or returns it changed, and the caller must not
 *       use it again.
 *   <li>Whoever makes a manager closes it, also where what the manager was made for fails half built.
 * </ul>
 */
public final class Managed {
    private Managed() {}

    /**
     * Builds an object that is going to own a manager.
     *
     * @param manager closed where {@code build} throws, with all that was allocated until then
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
