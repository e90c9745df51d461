package org.initlab.training.data.tables;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.initlab.training.data.ColumnKind;
import org.initlab.training.data.ContentException;
import org.initlab.training.data.files.ReadFault;
import org.initlab.training.spec.TrainingException;
import org.jspecify.annotations.Nullable;

/**
 * Reads delimited text as RFC 4180 and pandas have it: quotes around fields, doubled within them, line breaks of any kind,
 * blank lines skipped. Columns without a name are left out.
 */
final class DelimitedReader implements TableReader {
    private final DelimitedFile file;
    private final DelimitedText text;
    private final CSVParser parser;
    private final Iterator<CSVRecord> records;
    private final List<String> header;
    /** Where the named columns are in a row. */
    private int[] positions = {};
    /** How many fields a row has, with and without the unnamed ones at its end. */
    private int mostFields;

    private int leastFields;
    private CSVRecord row;
    private long number;

    /**
     * Opens a file and reads its header.
     *
     * @throws TrainingException if it cannot be read, or a name in the header is there twice
     */
    DelimitedReader(DelimitedFile file) {
        this.file = file;
        try {
            text = new DelimitedText(file.text(), file.delimiter());
            parser = CSVParser.builder()
                    .setReader(text)
                    .setFormat(CSVFormat.Builder.create()
                            .setDelimiter(text.delimiter())
                            .setQuote('"')
                            .setIgnoreEmptyLines(true)
                            .get())
                    .get();
        } catch (IOException e) {
            throw unreadable(e);
        }
        records = parser.iterator();
        header = readHeader();
    }

    private List<String> readHeader() {
        try {
            if (!records.hasNext()) {
                throw new TrainingException(file.name() + " is empty; it needs a header with the columns' names");
            }
            List<String> names = records.next().toList();
            text.nextRow();
            positions = IntStream.range(0, names.size())
                    .filter(column -> !names.get(column).isBlank())
                    .toArray();
            mostFields = names.size();
            leastFields = positions.length == 0 ? 0 : positions[positions.length - 1] + 1;
            List<String> named = IntStream.of(positions).mapToObj(names::get).toList();
            Header.check(file.name(), named);
            return named;
        } catch (UncheckedIOException e) {
            close();
            throw unreadable(e.getCause());
        } catch (TrainingException e) {
            close();
            throw e;
        }
    }

    @Override
    public List<String> header() {
        return header;
    }

    @Override
    public Optional<String> note() {
        int unnamed = mostFields - positions.length;
        return unnamed == 0
                ? Optional.empty()
                : Optional.of(file.name() + " has " + (unnamed == 1 ? "a column" : unnamed + " columns")
                        + " without a name in its first line; " + (unnamed == 1 ? "it is" : "they are") + " left out.");
    }

    @Override
    public Optional<ColumnKind> kind(int column) {
        return Optional.empty();
    }

    /** Spreadsheets write them where a comma is the decimal mark, and then commas cannot be between fields. */
    @Override
    public boolean hasDecimalCommas() {
        return text.delimiter() == ';';
    }

    @Override
    public boolean next() {
        try {
            do {
                if (!records.hasNext()) {
                    return false;
                }
                row = records.next();
                text.nextRow();
            } while (isBlank());
            number++;
        } catch (UncheckedIOException e) {
            throw damaged(e.getCause());
        }
        if (row.size() > mostFields || row.size() < leastFields) {
            throw new ContentException(place() + " has " + row.size() + (row.size() == 1 ? " field" : " fields")
                    + ", and the header names " + mostFields + " columns; " + adviceOnLength());
        }
        if (repeatsHeader()) {
            throw new ContentException(
                    place() + " repeats the columns' names, as where files were joined; remove the row");
        }
        return true;
    }

    /** Lines of spaces are skipped like empty ones, as pandas does. */
    private boolean isBlank() {
        return row.size() == 1 && leastFields > 1 && row.get(0).isBlank();
    }

    /** Perhaps after another byte order mark. */
    private boolean repeatsHeader() {
        return header.size() > 1
                && IntStream.range(0, header.size())
                        .allMatch(column ->
                                row.get(positions[column]).replace("\uFEFF", "").equals(header.get(column)));
    }

    @Override
    public @Nullable String field(int column) {
        String field = row.get(positions[column]);
        return Cells.isMissing(field) ? null : field;
    }

    @Override
    public float addTo(ColumnBuilder builder, int column) {
        return builder.add(field(column), this);
    }

    @Override
    public String place() {
        return file.name() + ", row " + number + " (line " + parser.getCurrentLineNumber() + ")";
    }

    private String adviceOnLength() {
        return row.size() == mostFields + 1 && row.get(mostFields).isEmpty()
                ? "if all rows end with \"" + delimiter() + "\", add one to the end of the first line"
                : "mend the row (a field with \"" + delimiter() + "\" in it needs quotes around it)";
    }

    private String delimiter() {
        return text.delimiter() == '\t' ? "tab" : String.valueOf(text.delimiter());
    }

    private ContentException damaged(IOException e) {
        String where = file.name() + ", near row " + (number + 1) + " (line " + parser.getCurrentLineNumber() + ")";
        if (e instanceof CharacterCodingException) {
            return new ContentException(where + ": the text is not UTF-8; save the file as UTF-8");
        }
        if (e instanceof CSVException || e instanceof DelimitedText.LongRowException) {
            return new ContentException(
                    where + ": a quote is opened and not closed, or closed before the field ends; quote"
                            + " whole fields, and double the quotes within them");
        }
        return new ContentException(where + ": " + ReadFault.reason(e) + "; mend the file");
    }

    private TrainingException unreadable(IOException e) {
        String reason =
                "cannot read " + file.name() + " (" + ReadFault.reason(e) + "); check the file and its permissions";
        if (e instanceof CharacterCodingException) {
            reason = file.name() + " is not UTF-8; save it as UTF-8";
        } else if (e instanceof CSVException || e instanceof DelimitedText.LongRowException) {
            reason = file.name() + " has a quote in its first line that is not closed; mend the line";
        }
        return new TrainingException(reason, e);
    }

    @Override
    public void close() {
        try {
            parser.close();
        } catch (IOException e) {
            throw unreadable(e);
        }
    }
}
