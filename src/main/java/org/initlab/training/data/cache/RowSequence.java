package org.initlab.training.data.cache;

import java.io.Closeable;

/** Rows that can only be made one after another, from the first on, such as those of a compressed file. */
public interface RowSequence {

    /** What the rows are made from, for messages. */
    String name();

    /** A number that is another one, most likely, once what the rows are made from has changed. */
    int stamp();

    /**
     * Begins with the first row.
     *
     * @throws org.initlab.training.spec.TrainingException if what the rows are made from is damaged; the message names it
     */
    Reader open();

    /** Makes one row after another. */
    interface Reader extends Closeable {

        /**
         * Makes the next row; called as often as there are rows.
         *
         * @param into where its bytes go
         * @param at where in {@code into} they begin
         * @return its class, from 0
         * @throws org.initlab.training.spec.TrainingException as {@link #open} does
         */
        int next(byte[] into, int at);
    }
}
