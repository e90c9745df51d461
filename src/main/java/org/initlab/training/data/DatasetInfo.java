package org.initlab.training.data;

import java.util.List;
import org.initlab.training.spec.RowShape;
import org.jspecify.annotations.Nullable;

/**
 * What a spec can name and what it will find.
 *
 * @param name the name in {@code dataset.name}
 * @param classNames the classes by their index; empty where they depend on {@code dataset.path}
 * @param defaultPositiveClass what a spec without {@code positiveClass} means; {@code null} where the classes depend on the path
 * @param shape what a row is
 * @param trainRows rows of the training split; {@code null} where the spec or the files decide
 * @param testRows rows of the test split; {@code null} where the spec or the files decide
 * @param available whether the data is here, so that nothing has to be downloaded or put in place
 * @param location the folder that holds the files, relative to {@code initlab.home}; {@code null} where none is needed
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
