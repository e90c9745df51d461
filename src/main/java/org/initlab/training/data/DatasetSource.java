package org.initlab.training.data;

import java.util.List;
import java.util.Optional;
import org.initlab.training.spec.DatasetSpec;

/** A data set that a spec can name; stateless, so that any thread may ask it. */
public interface DatasetSource {

    DatasetInfo info();

    /** The classes by their index. */
    default List<String> classNames(DatasetSpec spec) {
        return info().classNames();
    }

    /** The class that a spec without {@code positiveClass} means. */
    default PositiveClass defaultPositiveClass(DatasetSpec spec) {
        return info().defaultPositiveClass();
    }

    /** A spec with the source's own defaults filled in. */
    default DatasetSpec resolved(DatasetSpec spec) {
        return spec;
    }

    /** Whether the rows come with the limits and the positive rate that the spec asks for. */
    default boolean madeToOrder() {
        return false;
    }

    /** Whether {@link #read} brings the rows into the form that is asked for, as they differ too much to be kept as they are. */
    default boolean keepsRowsInForm() {
        return false;
    }

    /**
     * Puts the files in place.
     *
     * @throws org.initlab.training.spec.TrainingException when they cannot be had, with what to do about it
     */
    default void fetch(LoadRequest request) {}

    /** Files of the user's that a spec needs and that are not here, as it names them. */
    default Optional<String> missing(DatasetSpec spec) {
        return Optional.empty();
    }

    /** Equal as long as the data that a spec means are the same; asked when the files are in place. */
    Object version(DatasetSpec spec);

    /**
     * Reads the rows' classes only, quickly enough for a request to wait.
     *
     * @param spec with the source's defaults filled in
     * @param positiveClass the class that the spec means
     * @throws org.initlab.training.spec.TrainingException when a file is not as it must be; its message names the file
     */
    SplitClasses classes(DatasetSpec spec, PositiveClass positiveClass);

    /**
     * Decodes the data.
     *
     * @throws org.initlab.training.spec.TrainingException when a file is not as it must be; its message names the file
     */
    Splits read(LoadRequest request);
}
