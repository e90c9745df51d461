package org.initlab.training.data;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a source guessed, or left out, when it looked for the rows.
 *
 * @param folders which folder became which split; {@code null} where no folders say so
 * @param ignoredFiles how many files were left out because they are not images by their names
 * @param warnings what the user should know about, as sentences
 * @param columns a table's columns; {@code null} of other data
 */
public record DatasetNotes(
        @Nullable SplitFolders folders, int ignoredFiles, List<String> warnings, @Nullable List<TableColumn> columns) {
    public static final DatasetNotes NONE = new DatasetNotes(null, 0, List.of(), null);
}
