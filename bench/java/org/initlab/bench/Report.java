package org.initlab.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** The table, rewritten with every row, so that a benchmark that ends early leaves what it has measured. */
final class Report {
    private final Path folder;
    private final List<String> header;
    private final List<Row> rows = new ArrayList<>();

    /**
     * Starts an empty table.
     *
     * @param folder receives {@code results.md} and {@code results.csv}
     * @param header lines on the machine and the versions
     */
    Report(Path folder, List<String> header) {
        this.folder = folder;
        this.header = header;
        header.forEach(System.out::println);
    }

    void add(Row row) {
        rows.add(row);
        System.out.println(markdown(row));
        try {
            writeMarkdown();
            writeCsv();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends the table with the rows whose target was missed. */
    void sayWhatFellShort() {
        List<String> missed = rows.stream()
                .filter(row -> !row.reached())
                .map(row -> "- " + row.measure() + ": " + Row.number(row.ours()) + " " + row.unit() + ", target "
                        + row.target())
                .toList();
        System.out.println(missed.isEmpty() ? "Nothing fell short." : "What fell short:");
        missed.forEach(System.out::println);
    }

    private void writeMarkdown() throws IOException {
        Files.createDirectories(folder);
        List<String> lines = new ArrayList<>();
        header.forEach(line -> lines.add("- " + line));
        lines.add("");
        lines.add("| Measure | Unit | InitLab | Compared with | | Ratio | Target | |");
        lines.add("| --- | --- | ---: | --- | ---: | ---: | --- | --- |");
        rows.forEach(row -> lines.add(markdown(row)));
        Files.write(folder.resolve("results.md"), lines);
    }

    private static String markdown(Row row) {
        return String.join(
                " | ",
                "| " + row.measure(),
                row.unit(),
                Row.number(row.ours()),
                row.other(),
                Row.number(row.theirs()),
                Row.number(row.ratio()),
                row.target(),
                row.verdict() + " |");
    }

    private void writeCsv() throws IOException {
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setHeader("measure", "unit", "initlab", "compared_with", "other", "ratio", "target", "reached")
                .get();
        try (CSVPrinter csv = new CSVPrinter(Files.newBufferedWriter(folder.resolve("results.csv")), format)) {
            for (Row row : rows) {
                csv.printRecord(
                        row.measure(),
                        row.unit(),
                        row.ours(),
                        row.other(),
                        cell(row.theirs()),
                        cell(row.ratio()),
                        row.target(),
                        row.reached());
            }
        }
    }

    private static Object cell(double value) {
        return Double.isNaN(value) ? "" : value;
    }
}
