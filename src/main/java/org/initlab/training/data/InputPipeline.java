package org.initlab.training.data;

import ai.djl.ndarray.NDArray;

/** Turns rows as a split stores them into a network's input, on the device. */
@FunctionalInterface
public interface InputPipeline {

    /**
     * Transforms a batch.
     *
     * @param rows as {@link Split#wrap} gives them; borrowed
     * @return new, float32, in PyTorch's own memory, as a module may keep it beyond the batch; it and everything needed to compute it
     *     belong to the manager of {@code rows}
     */
    NDArray apply(NDArray rows);
}
