package org.initlab.training.data.tables;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReaderImpl;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.initlab.training.data.ColumnKind;
import org.initlab.training.data.ContentException;
import org.initlab.training.spec.TrainingException;
import org.jspecify.annotations.Nullable;

/**
 * Reads a Parquet file: the columns at its top level, except for lists, structures and pandas' index. Only the columns that are
 * asked for are decoded.
 */
final class ParquetReader implements TableReader {
    private static final String INDEX = "__index_level_";

    private final ParquetFile file;
    private final FileChannel channel;
    private final List<RowGroup> groups;
    private final List<ParquetColumn> columns = new ArrayList<>();
    private final List<String> leftOut = new ArrayList<>();
    private final List<String> header;
    private final @Nullable Cursor[] cursors;
    private int group = -1;
    private long rowOfGroup;
    private long rowsOfGroup;
    private long number;

    /**
     * Begins before the first row.
     *
     * @param channel closed with this reader
     * @throws TrainingException if two columns have the same name, or none can be used
     */
    ParquetReader(ParquetFile file, FileChannel channel, FileMetaData footer) {
        this.file = file;
        this.channel = channel;
        groups = footer.getRow_groups();
        List<SchemaElement> schema = footer.getSchema();
        for (int at = 1; at < schema.size(); at = next(schema, at)) {
            SchemaElement element = schema.get(at);
            Optional<ParquetColumn> column =
                    element.getName().startsWith(INDEX) ? Optional.empty() : ParquetColumn.of(element);
            column.ifPresentOrElse(columns::add, () -> leftOut.add(element.getName()));
        }
        header = columns.stream().map(ParquetColumn::name).toList();
        cursors = new Cursor[columns.size()];
        if (header.isEmpty()) {
            throw new TrainingException(file.name() + " has no column of numbers, texts, booleans or dates");
        }
        Header.check(file.name(), header);
    }

    /** The element after one and all that it consists of. */
    private static int next(List<SchemaElement> schema, int at) {
        int next = at + 1;
        for (int child = 0; child < schema.get(at).getNum_children() && next < schema.size(); child++) {
            next = next(schema, next);
        }
        return next;
    }

    @Override
    public List<String> header() {
        return header;
    }

    @Override
    public Optional<String> note() {
        return leftOut.isEmpty()
                ? Optional.empty()
                : Optional.of(leftOut.stream()
                        .collect(Collectors.joining(
                                "\", \"",
                                "Columns that hold neither numbers, texts, booleans nor dates, or pandas' index, and are left"
                                        + " out of " + file.name() + ": \"",
                                "\".")));
    }

    @Override
    public Optional<ColumnKind> kind(int column) {
        return Optional.of(columns.get(column).kind());
    }

    @Override
    public boolean hasDecimalCommas() {
        return false;
    }

    @Override
    public boolean next() {
        rowOfGroup++;
        while (group < 0 || rowOfGroup >= rowsOfGroup) {
            group++;
            if (group >= groups.size()) {
                return false;
            }
            rowsOfGroup = groups.get(group).getNum_rows();
            rowOfGroup = 0;
            Arrays.fill(cursors, null);
        }
        number++;
        return true;
    }

    /** A column's values in a row group. */
    private static final class Cursor {
        private final ParquetColumn column;
        private final ColumnReader values;
        private long row;

        Cursor(ParquetColumn column, ColumnReader values) {
            this.column = column;
            this.values = values;
        }

        boolean isMissing(long wanted) {
            while (row < wanted) {
                values.consume();
                row++;
            }
            return values.getCurrentDefinitionLevel() < column.descriptor().getMaxDefinitionLevel();
        }
    }

    private Cursor cursor(int column) {
        Cursor cursor = cursors[column];
        if (cursor == null) {
            ParquetColumn read = columns.get(column);
            ColumnMetaData chunk = groups.get(group).getColumns().stream()
                    .map(part -> part.getMeta_data())
                    .filter(data -> data.getPath_in_schema().equals(List.of(read.name())))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("no such column in the row group"));
            cursor = new Cursor(
                    read,
                    new ColumnReaderImpl(
                            read.descriptor(), new ParquetPages(channel, chunk), new PrimitiveConverter() {}, null));
            cursors[column] = cursor;
        }
        return cursor;
    }

    @Override
    public @Nullable String field(int column) {
        return decoded(
                column,
                cursor -> cursor.isMissing(rowOfGroup)
                        ? null
                        : cursor.column.text().apply(cursor.values));
    }

    private double number(int column) {
        return decoded(
                column,
                cursor -> cursor.isMissing(rowOfGroup)
                        ? Double.NaN
                        : cursor.column.number().applyAsDouble(cursor.values));
    }

    /** Whatever a damaged page makes the decoder throw. */
    private <T> @Nullable T decoded(int column, Function<Cursor, @Nullable T> value) {
        try {
            return value.apply(cursor(column));
        } catch (ContentException e) {
            throw new ContentException(file.name() + ", column \"" + header.get(column) + "\": " + e.getMessage());
        } catch (RuntimeException e) {
            ContentException named = new ContentException(place() + ", column \"" + header.get(column)
                    + "\" cannot be decoded; the file is damaged, or its encoding is not known: write it again");
            named.initCause(e);
            throw named;
        }
    }

    @Override
    public float addTo(ColumnBuilder builder, int column) {
        return columns.get(column).number() == null
                ? builder.addText(field(column), this)
                : builder.addNumber(number(column), this);
    }

    @Override
    public String place() {
        return file.name() + ", row " + number;
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // nothing was written
        }
    }
}
