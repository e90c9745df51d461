package org.initlab.training.data;

import java.util.List;
import java.util.Optional;
import org.initlab.training.spec.DatasetSpec;
import org.initlab.training.spec.TrainingException;

/** One entry of the catalogue; stateless, so that any thread may ask it. */
interface DatasetSource {

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

    /** What is left to do of the transform once the data is read: all of it, unless it is done on reading. */
    default ImageTransform remaining(ImageTransform transform) {
        return transform;
    }

    /**
     * Puts the files in place.
     *
     * @throws TrainingException when they cannot be had, with what to do about it
     */
    default void fetch(LoadRequest request) {}

    /** Files of the user's that a spec needs and that are not here, as it names them. */
    default Optional<String> missing(DatasetSpec spec) {
        return Optional.empty();
    }

    /** Equal for requests for which {@link #read} gives equal data; asked after {@link #fetch}. */
    Object cacheKey(LoadRequest request);

    /**
     * Decodes the data.
     *
     * @throws TrainingException when a file is not as it must be; its message names the file
     */
    Splits read(LoadRequest request);
}
