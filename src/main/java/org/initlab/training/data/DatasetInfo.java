package org.initlab.training.data;

import java.util.List;
import org.initlab.training.spec.RowShape;
import org.jspecify.annotations.Nullable;

/**
 * A data set that a spec can name, and what it contains.
 *
 * @param name the name in {@code dataset.name}
 * @param classNames the classes by index; empty if they depend on {@code dataset.path}
 * @param defaultPositiveClass the positive class of a spec that names none; {@code null} if the classes depend on the
 *     path
 * @param shape the shape of a row
 * @param trainRows rows of the training split; {@code null} if the spec or the files decide
 * @param testRows rows of the test split; {@code null} if the spec or the files decide
 * @param available whether the data is here already, so that nothing needs to be downloaded or put in place
 * @param location the folder that holds the files, relative to {@code initlab.home}; {@code null} if none is needed
 */
public record DatasetInfo(
        String name,
        List<String> classNames,
        @Nullable PositiveClass defaultPositiveClass,
        RowShape shape,
        Integer trainRows,
        Integer testRows,
        boolean available,
        @Nullable String location) {}
