package org.initlab.training.data.tables;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.initlab.training.data.ContentException;
import org.initlab.training.data.files.ReadFault;
import org.initlab.training.spec.TrainingException;

/**
 * Reads a file row by row, as RFC 4180 and pandas have it: quotes around fields, doubled within them, line breaks of any kind,
 * blank lines skipped.
 */
final class DelimitedReader implements TableReader {
    private final DelimitedFile file;
    private final CSVParser parser;
    private final Iterator<CSVRecord> records;
    private final List<String> header;
    private CSVRecord row;
    private long number;

    /**
     * Opens a file and reads its header.
     *
     * @throws TrainingException if it cannot be read, or a name in the header is missing or there twice
     */
    DelimitedReader(DelimitedFile file) {
        this.file = file;
        try {
            parser = CSVParser.builder()
                    .setReader(file.text())
                    .setFormat(CSVFormat.Builder.create()
                            .setDelimiter(file.delimiter())
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
            check(names);
            return names;
        } catch (UncheckedIOException e) {
            throw unreadable(e.getCause());
        } catch (TrainingException e) {
            close();
            throw e;
        }
    }

    private void check(List<String> names) {
        Set<String> seen = new HashSet<>();
        List<String> twice = new ArrayList<>();
        for (int column = 0; column < names.size(); column++) {
            String name = names.get(column);
            if (name.isBlank()) {
                throw new TrainingException("column " + (column + 1) + " of " + file.name()
                        + " has no name; the first line must name every column");
            }
            if (!seen.add(name)) {
                twice.add("\"" + name + "\"");
            }
        }
        if (!twice.isEmpty()) {
            throw new TrainingException(
                    file.name() + " has several columns named " + String.join(", ", twice) + "; rename all but one");
        }
        if (names.size() == 1 && names.get(0).indexOf(';') >= 0) {
            throw new TrainingException(
                    file.name() + " has semicolons between its fields; save it with commas, or as .tsv with tabs");
        }
    }

    @Override
    public List<String> header() {
        return header;
    }

    @Override
    public boolean next() {
        try {
            if (!records.hasNext()) {
                return false;
            }
            row = records.next();
            number++;
        } catch (UncheckedIOException e) {
            throw damaged(e.getCause());
        }
        if (row.size() != header.size()) {
            throw new ContentException(place() + " has " + row.size() + " fields, and the header names " + header.size()
                    + " columns; mend the row (a field with \"" + delimiter() + "\" in it needs quotes around it)");
        }
        return true;
    }

    @Override
    public String field(int column) {
        return row.get(column);
    }

    @Override
    public String place() {
        return file.name() + ", row " + number + " (line " + parser.getCurrentLineNumber() + ")";
    }

    private String delimiter() {
        return file.delimiter() == '\t' ? "tab" : String.valueOf(file.delimiter());
    }

    private ContentException damaged(IOException e) {
        String where = file.name() + ", near row " + (number + 1) + " (line " + parser.getCurrentLineNumber() + ")";
        if (e instanceof CharacterCodingException) {
            return new ContentException(where + ": the text is not UTF-8; save the file as UTF-8");
        }
        return new ContentException(where + ": " + ReadFault.reason(e) + "; mend the file");
    }

    private TrainingException unreadable(IOException e) {
        return new TrainingException(
                e instanceof CharacterCodingException
                        ? file.name() + " is not UTF-8; save it as UTF-8"
                        : "cannot read " + file.name() + " (" + ReadFault.reason(e)
                                + "); check the file and its permissions",
                e);
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
