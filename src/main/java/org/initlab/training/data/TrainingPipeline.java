package org.initlab.training.data;

import ai.djl.ndarray.NDArray;

/** An {@link InputPipeline} for training, which may change the rows at random on the way. */
@FunctionalInterface
public interface TrainingPipeline {

    /**
     * Transforms a batch.
     *
     * @param rows as {@link Split#load} gives them; borrowed
     * @param seed determines the changes, together with the number of rows
     * @return as {@link InputPipeline#apply} does
     */
    NDArray apply(NDArray rows, long seed);
}
