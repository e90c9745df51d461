package org.initlab.training.data;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.security.MessageDigest;
import org.initlab.training.spec.RowShape;

/**
 * The rows of one split that a run trains or is evaluated on.
 *
 * <p>A position counts the split's rows from 0; safe for use by several threads.
 */
public interface Split {

    /** Returns the labels, whose number is that of the rows. */
    Labels labels();

    /** Returns what a row is. */
    RowShape shape();

    /**
     * Brings rows to a device as they are kept, for the {@link #pipeline}.
     *
     * @param positions what to take, in this order
     * @return new, in the manager, its first dimension the positions
     */
    NDArray load(NDManager manager, int[] positions);

    /**
     * Makes what turns loaded rows into the network's input.
     *
     * @param manager keeps the pipeline's constants, on the device of the rows to come; close it after the last batch
     */
    InputPipeline pipeline(NDManager manager);

    /** Adds the split's shape, and every row's label and content, to a fingerprint. */
    void addTo(MessageDigest digest);
}
