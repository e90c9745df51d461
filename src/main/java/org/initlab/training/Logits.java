package org.initlab.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.function.UnaryOperator;
import org.initlab.training.data.InputPipeline;
import org.initlab.training.data.Split;

/** Computes the logits of rows of a split, in batches. */
final class Logits {
    private final Batches batches;
    private final Split split;
    private final InputPipeline pipeline;

    Logits(Batches batches, Split split) {
        this.batches = batches;
        this.split = split;
        pipeline = split.pipeline(batches.manager());
    }

    /**
     * Computes the logits of some rows, in their order.
     *
     * @param rows positions in the split
     * @param forward computes a batch's logits, of shape (N), from the network's input, which it borrows
     * @param beforeBatch called before every batch, and while one is not ready; an exception from it ends the computation
     */
    float[] of(int[] rows, int batchSize, UnaryOperator<NDArray> forward, Runnable beforeBatch) {
        try (NDManager results = batches.manager().newSubManager();
                BatchFeed feed = batches.feed(split, rows, batchSize, 0, beforeBatch)) {
            NDList logits = new NDList();
            while (feed.hasNext()) {
                beforeBatch.run();
                try (BatchFeed.Batch batch = feed.next()) {
                    NDArray part = forward.apply(pipeline.apply(batch.rows()));
                    part.attach(results);
                    logits.add(part);
                }
            }
            // read once at the end, so that a GPU need not wait for the host between batches
            return NDArrays.concat(logits).toFloatArray();
        }
    }
}
