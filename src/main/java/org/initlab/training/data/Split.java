package org.initlab.training.data;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.List;
import java.util.Locale;
import org.initlab.training.spec.Augmentation;
import org.initlab.training.spec.RowShape;
import org.initlab.training.spec.TrainingException;

/**
 * The rows of one split that a run trains or is evaluated on.
 *
 * <p>Positions count the split's rows from 0. Thread-safe.
 */
public interface Split {

    /** Returns the labels, one per row. */
    Labels labels();

    /** Returns the shape of a row. */
    RowShape shape();

    /** Returns how many bytes a row takes as it is stored. */
    int rowBytes();

    /**
     * Returns how many bytes a batch takes as it is stored.
     *
     * @throws TrainingException if one array cannot hold it
     */
    default int bytes(int rows) {
        long bytes = (long) rows * rowBytes();
        if (bytes > Integer.MAX_VALUE) {
            throw new TrainingException(String.format(
                    Locale.ROOT,
                    "a batch of %,d rows takes %,d MB, and 2,147 MB is the most; choose a smaller training.batchSize and"
                            + " evaluation.batchSize",
                    rows,
                    bytes / 1_000_000));
        }
        return (int) bytes;
    }

    /**
     * Copies rows as they are stored.
     *
     * @param positions the rows to take, in this order
     * @param into where they go, in the system's byte order; its position moves behind them
     * @param onProgress called often, by several threads perhaps; an exception from it ends the work
     */
    void read(int[] positions, ByteBuffer into, Runnable onProgress);

    /**
     * Makes an array of what {@link #read} copied, for the {@link #pipeline}.
     *
     * @param bytes a direct buffer; on the CPU the array is this memory itself
     * @param rows how many rows it holds
     * @return new, in the manager, one entry per row in the first dimension
     */
    NDArray wrap(NDManager manager, ByteBuffer bytes, int rows);

    /**
     * Copies rows to a device.
     *
     * @param positions the rows to take, in this order
     * @return new, in the manager, one entry per position in the first dimension
     */
    default NDArray load(NDManager manager, int[] positions) {
        ByteBuffer bytes = manager.allocateDirect(bytes(positions.length));
        read(positions, bytes, () -> {});
        return wrap(manager, bytes.flip(), positions.length);
    }

    /**
     * Creates the pipeline that turns loaded rows into the network's input.
     *
     * @param manager owns the pipeline's constants, on the device of the rows; close it after the last batch
     */
    InputPipeline pipeline(NDManager manager);

    /**
     * Creates the pipeline for training.
     *
     * @param manager as for {@link #pipeline}
     * @param augmentation in the order in which they are applied; empty for rows that are not images
     */
    default TrainingPipeline trainingPipeline(NDManager manager, List<Augmentation> augmentation) {
        InputPipeline pipeline = pipeline(manager);
        return (rows, seed) -> pipeline.apply(rows);
    }

    /**
     * Adds the split's shape, and every row's label and content, to a fingerprint.
     *
     * @param onProgress called often; an exception from it ends the work
     */
    void addTo(MessageDigest digest, Runnable onProgress);
}
