package org.initlab.training.data.cache;

/** Makes the rows that the cache keeps; used by many threads at once. */
public interface RowDecoder {

    /** A row, and 32 bytes about it that the source wants back. */
    record Decoded(byte[] bytes, byte[] tag) {}

    /**
     * Tells whether what a row is decoded from has changed: another number then, most likely.
     *
     * @throws org.initlab.training.spec.TrainingException if it is gone; the message names it
     */
    int stamp(int row);

    /**
     * Decodes a row.
     *
     * @throws org.initlab.training.spec.TrainingException if it is damaged; the message names it
     */
    Decoded decode(int row);
}
