package org.initlab.training.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.initlab.training.spec.DatasetSpec;

/** A data set that a spec can name; stateless, so any thread may use it. */
public interface DatasetSource {

    DatasetInfo info();

    /** The classes by index. */
    default List<String> classNames(DatasetSpec spec) {
        return info().classNames();
    }

    /** The positive class of a spec that names none. */
    default PositiveClass defaultPositiveClass(DatasetSpec spec) {
        return info().defaultPositiveClass();
    }

    /**
     * Finds what keeps a spec's data from being found, quickly enough for a request to wait.
     *
     * @param spec one that names this data set
     */
    default List<DatasetFault> faults(DatasetSpec spec) {
        List<DatasetFault> faults = new ArrayList<>(DatasetFault.ofTablesOnly(spec));
        if (spec.path() != null) {
            faults.add(new DatasetFault("path", "only applies to the data sets image_folder and table"));
        }
        return faults;
    }

    /** Whether a spec may give a class by its index, as well as by its name. */
    default boolean namesClassesByIndex() {
        return true;
    }

    /** A spec with the source's own defaults filled in. */
    default DatasetSpec resolved(DatasetSpec spec) {
        return spec;
    }

    /** Whether the rows already have the limits and the positive rate that the spec asks for. */
    default boolean madeToOrder() {
        return false;
    }

    /**
     * Reads what the classes are known by where that takes long, so that {@link #classNames} and {@link #defaultPositiveClass}
     * have it.
     *
     * @param onProgress called often; an exception from it stops the work
     */
    default void readClasses(DatasetSpec spec, Runnable onProgress) {}

    /** Drops what is kept of files that have been read, so that they are read anew. */
    default void forget() {}

    /**
     * Puts the files in place.
     *
     * @throws org.initlab.training.spec.TrainingException if they cannot be obtained; the message says what to do
     */
    default void fetch(LoadRequest request) {}

    /** The user's own files that a spec needs and that are missing, as the spec names them. */
    default Optional<String> missing(DatasetSpec spec) {
        return Optional.empty();
    }

    /** What was guessed or left out in finding the spec's rows; called only when the files are in place, with a resolved spec. */
    default DatasetNotes notes(DatasetSpec spec, PositiveClass positiveClass) {
        return DatasetNotes.NONE;
    }

    /**
     * A value that stays equal as long as {@link #classes} finds the same; quick enough for a request to wait. Called only when the
     * files are in place.
     */
    Object version(DatasetSpec spec);

    /**
     * Whether {@link #classes}, {@link #notes} and the classes' names are known, or quick enough for a request to wait; if not, they
     * are left to the run.
     *
     * @param spec one without faults
     */
    default boolean isQuicklyCounted(DatasetSpec spec) {
        return true;
    }

    /**
     * Reads only the rows' classes, fast enough for a request to wait.
     *
     * @param spec with the source's defaults filled in
     * @param positiveClass the class that the spec means
     * @throws org.initlab.training.spec.TrainingException if a file is damaged; the message names it
     */
    SplitClasses classes(DatasetSpec spec, PositiveClass positiveClass);

    /**
     * Opens the data; what it took to decode it, runs share.
     *
     * @return closed by the caller
     * @throws org.initlab.training.spec.TrainingException if a file is damaged; the message names it
     */
    Splits read(LoadRequest request);
}
