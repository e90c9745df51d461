package org.initlab.training.data;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;
import java.util.Optional;
import org.initlab.training.spec.FeatureShape;
import org.jspecify.annotations.Nullable;

/**
 * What the data of an experiment contains.
 *
 * @param positiveClass the class labelled 1
 * @param trainRows rows trained on
 * @param testRows rows evaluated on
 * @param trainPositiveRate share of positive training rows, in (0, 1)
 * @param testPositiveRate share of positive test rows, in [0, 1]
 * @param trainCounts training rows by class
 * @param testCounts test rows by class
 * @param fingerprint {@code sha256:}, then for image folders {@code v2:}, and the hexadecimal SHA-256 of both splits' content
 *     (of image folders the files' names and bytes) and labels and of the positive class: equal for equal data, on any host;
 *     {@code null} until all of it has been read
 * @param folders which folder became which split; {@code null} where no folders say so
 * @param ignoredFiles files of an image folder that were left out because they are not images by their names
 * @param columns a table's columns, as the network sees them; {@code null} of other data
 * @param warnings what was guessed, left out or looks odd, as sentences; not part of the JSON, as whoever stores the summary
 *     keeps them with warnings of other kinds
 */
@JsonIgnoreProperties("warnings")
public record DatasetSummary(
        PositiveClass positiveClass,
        int trainRows,
        int testRows,
        double trainPositiveRate,
        double testPositiveRate,
        List<ClassCount> trainCounts,
        List<ClassCount> testCounts,
        @Nullable String fingerprint,
        @Nullable SplitFolders folders,
        Integer ignoredFiles,
        @Nullable List<TableColumn> columns,
        List<String> warnings) {

    /** What was stored before there were notes has none. */
    public DatasetSummary {
        ignoredFiles = ignoredFiles == null ? 0 : ignoredFiles;
        warnings = warnings == null ? List.of() : List.copyOf(warnings);
    }

    /** Counts the rows of both splits. */
    public static DatasetSummary of(
            PositiveClass positiveClass,
            Labels train,
            Labels test,
            List<String> classNames,
            @Nullable String fingerprint,
            DatasetNotes notes) {
        return new DatasetSummary(
                positiveClass,
                train.count(),
                test.count(),
                train.positiveRate(),
                test.positiveRate(),
                train.counts(classNames),
                test.counts(classNames),
                fingerprint,
                notes.folders(),
                notes.ignoredFiles(),
                notes.columns(),
                notes.warnings());
    }

    DatasetSummary withFingerprint(@Nullable String known) {
        return new DatasetSummary(
                positiveClass,
                trainRows,
                testRows,
                trainPositiveRate,
                testPositiveRate,
                trainCounts,
                testCounts,
                known,
                folders,
                ignoredFiles,
                columns,
                warnings);
    }

    /** The rows of a table as the network sees them; empty for other data. */
    public Optional<FeatureShape> features() {
        return Optional.ofNullable(columns)
                .map(all -> new FeatureShape(
                        all.stream().mapToInt(TableColumn::features).sum()));
    }

    /**
     * Whether another reading found the same data, as far as both know: as many rows of each class, and the same
     * fingerprint if both have one of the same kind.
     */
    public boolean agreesWith(DatasetSummary other) {
        return Fingerprint.agree(fingerprint, other.fingerprint)
                && positiveClass.equals(other.positiveClass)
                && trainCounts.equals(other.trainCounts)
                && testCounts.equals(other.testCounts);
    }

    /** Whether another reading found the same data and nothing that this one lacks. */
    public boolean covers(DatasetSummary other) {
        return agreesWith(other) && (fingerprint != null || other.fingerprint == null);
    }
}
