package org.initlab.training.data.tables;

import java.util.List;
import java.util.Optional;
import org.initlab.training.data.ColumnKind;
import org.initlab.training.data.ContentException;
import org.jspecify.annotations.Nullable;

/** Reads a table row by row. */
interface TableReader extends AutoCloseable {

    /** Returns the columns' names, all different. */
    List<String> header();

    /** A sentence about what is left out of the table. */
    Optional<String> note();

    /** A column's kind, if the file says it; else all its values decide. */
    Optional<ColumnKind> kind(int column);

    /** Whether a comma in a number is its decimal mark. */
    boolean hasDecimalCommas();

    /**
     * Goes to the next row.
     *
     * @return whether there is one
     * @throws ContentException if it is not one of the table
     */
    boolean next();

    /** Returns a field of the row as text; {@code null} if it has no value. */
    @Nullable
    String field(int column);

    /** Gives a field of the row to a column, and returns its cell. */
    float addTo(ColumnBuilder builder, int column);

    /** Returns where the row is, for messages: rows count from 1 below the header. */
    String place();

    @Override
    void close();
}
