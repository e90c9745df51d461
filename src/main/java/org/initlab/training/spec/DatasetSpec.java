package org.initlab.training.spec;

import com.fasterxml.jackson.annotation.JsonFormat;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.hibernate.validator.constraints.Range;
import org.hibernate.validator.constraints.UniqueElements;
import org.jspecify.annotations.Nullable;

/**
 * The data to train on, and the class that counts as positive.
 *
 * @param name the data set's name, as {@code GET /datasets} lists it
 * @param positiveClass a class's name or its index in decimal; {@code null} for the data set's default
 * @param trainLimit how many of the first training rows to use; {@code null} for all
 * @param testLimit how many of the first test rows to use; {@code null} for all
 * @param positiveRate the share of positive rows, in (0, 1), to which each split is brought by dropping rows of the
 *     over-represented class; {@code null} keeps the data's own
 * @param augmentation how training images are changed at random, in the order in which that is done; none of a table
 * @param path the folder of an {@code image_folder}, or the file of a {@code table}, below the data folder; what follows is
 *     for tables only
 * @param label the column that holds the class
 * @param features the columns to use, in order; {@code null} for all but the label
 * @param exclude columns to leave out
 * @param log columns replaced by ln(x + 0.001)
 * @param clip bound on standardised values; {@code null} for none
 * @param testPath a second file, which is the test split
 * @param testShare the share of rows in the test split, without a second file
 * @param splitSeed shuffles the rows before they are split
 * @param group a column whose equal values stay in one split; {@code null} for none
 */
public record DatasetSpec(
        @NotNull(message = "is required; GET /datasets lists the names") String name,
        @JsonFormat(shape = JsonFormat.Shape.SCALAR) @Nullable String positiveClass,
        @Range(min = 1, max = MAX_ROWS) Integer trainLimit,
        @Range(min = 1, max = MAX_ROWS) Integer testLimit,
        @DecimalMin(value = "0", inclusive = false) @DecimalMax(value = "1", inclusive = false) Double positiveRate,
        @UniqueElements(message = "must not name one twice")
                List<@NotNull(message = NOT_NULL) Augmentation> augmentation,
        @Nullable String path,
        @Nullable String label,
        @Size(min = 1, max = MAX_COLUMNS) @Nullable List<@NotNull(message = NOT_NULL) String> features,
        @Size(max = MAX_COLUMNS) @Nullable List<@NotNull(message = NOT_NULL) String> exclude,
        @Size(max = MAX_COLUMNS) @Nullable List<@NotNull(message = NOT_NULL) String> log,
        @DecimalMin(value = "0", inclusive = false) @Nullable Double clip,
        @Nullable String testPath,
        @DecimalMin(value = "0", inclusive = false) @DecimalMax(value = "1", inclusive = false) @Nullable
                Double testShare,
        @Range(min = 0, max = MAX_SEED) @Nullable Long splitSeed,
        @Nullable String group) {
    /** The data set of rows of numbers and texts. */
    public static final String TABLE = "table";
    /** The table that ships with the service. */
    public static final String WISCONSIN = "wisconsin";

    private static final int MAX_ROWS = 10_000_000;
    private static final int MAX_COLUMNS = 10_000;
    /** The largest whole number that every JSON reader keeps exactly. */
    private static final long MAX_SEED = (1L << 53) - 1;

    private static final String NOT_NULL = "must not be null";
    private static final double TEST_SHARE = 0.2;

    public DatasetSpec {
        augmentation = augmentation == null
                ? List.of()
                : augmentation.stream().sorted().toList();
        features = features == null ? null : List.copyOf(features);
        exclude = exclude == null ? null : List.copyOf(exclude);
        log = log == null ? null : List.copyOf(log);
    }

    /** Data that is no table, not augmented. */
    public DatasetSpec(
            String name,
            @Nullable String positiveClass,
            Integer trainLimit,
            Integer testLimit,
            Double positiveRate,
            @Nullable String path) {
        this(
                name,
                positiveClass,
                trainLimit,
                testLimit,
                positiveRate,
                null,
                path,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    /** The network that a spec without one has. */
    public String defaultArchitecture() {
        return TABLE.equals(name) || WISCONSIN.equals(name) ? ModelSpec.MLP : ModelSpec.REFERENCE;
    }

    /** The same data with another positive class. */
    public DatasetSpec withPositiveClass(String value) {
        return with(value, label, testShare, splitSeed);
    }

    /** The same table with another label. */
    public DatasetSpec withLabel(String column) {
        return with(positiveClass, column, testShare, splitSeed);
    }

    /** The same table, with the share and the seed that it is split by if it has no second file. */
    public DatasetSpec withSplitDefaults() {
        return testPath != null
                ? this
                : with(
                        positiveClass,
                        label,
                        testShare == null ? TEST_SHARE : testShare,
                        splitSeed == null ? 0 : splitSeed);
    }

    private DatasetSpec with(
            @Nullable String positive, @Nullable String column, @Nullable Double share, @Nullable Long seed) {
        return new DatasetSpec(
                name,
                positive,
                trainLimit,
                testLimit,
                positiveRate,
                augmentation,
                path,
                column,
                features,
                exclude,
                log,
                clip,
                testPath,
                share,
                seed,
                group);
    }
}
