package org.initlab.training.data.tables;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.initlab.training.data.files.UserFiles;
import org.initlab.training.spec.TrainingException;

/** A file that holds a table. */
interface TableFile {

    /** Returns its path below {@code initlab.home}, for messages. */
    String name();

    /**
     * Returns a value that stays equal as long as the file does not change.
     *
     * @throws TrainingException if the file cannot be read
     */
    Object stamp();

    /** Whether it is small enough for a request to wait until it is read. */
    boolean isSmall();

    /**
     * Opens the file and reads its header.
     *
     * @throws TrainingException if it cannot be read, or its header cannot be used
     */
    TableReader open();

    /**
     * Finds a file.
     *
     * @param path below the datasets folder
     * @throws TrainingException if there is none, it lies outside, or its name is not a table's
     */
    static TableFile find(Path datasets, String path) {
        UserFiles files = new UserFiles(datasets, "the table");
        Path found = files.find(path)
                .orElseThrow(() -> new TrainingException("there is no file " + files.named(path)
                        + " below initlab.home; put the table there" + WhereFrom.hint(path)));
        if (!Files.isRegularFile(found)) {
            throw new TrainingException(files.named(path) + " is no file; a table is read from one file, so name"
                    + " one, or write the parts into one");
        }
        String lower = path.toLowerCase(Locale.ROOT);
        boolean zipped = lower.endsWith(".gz");
        if (lower.endsWith(".parquet")) {
            return new ParquetFile(found, files.name(found));
        }
        String plain = zipped ? lower.substring(0, lower.length() - ".gz".length()) : lower;
        if (!plain.endsWith(".csv") && !plain.endsWith(".tsv")) {
            throw new TrainingException(
                    files.named(path)
                            + " is not a table that can be read: its name must end in .csv or .tsv, or either with .gz, or in .parquet");
        }
        return new DelimitedFile(
                files.name(found), DelimitedFile.Content.of(found), plain.endsWith(".tsv") ? '\t' : ',', zipped);
    }
}
