package org.initlab.training.data.tables;

import java.util.List;
import org.initlab.training.data.ContentException;

/** Reads a table row by row. */
interface TableReader extends AutoCloseable {

    /** Returns the columns' names, all different. */
    List<String> header();

    /**
     * Goes to the next row.
     *
     * @return whether there is one
     * @throws ContentException if it is not one of the table
     */
    boolean next();

    /** Returns the text of a field of the row. */
    String field(int column);

    /** Returns where the row is, for messages: rows count from 1 below the header. */
    String place();

    @Override
    void close();
}
