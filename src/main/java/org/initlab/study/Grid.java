package org.initlab.study;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/** All combinations of the axes' values, by position: the last axis changes fastest. */
record Grid(List<GridAxis> axes) {
    static final int MOST_POINTS = 256;

    /** How many points it has. */
    int size() {
        return axes.stream().mapToInt(axis -> axis.values().size()).reduce(1, Math::multiplyExact);
    }

    /** The index of a point's value on each axis. */
    int[] indexes(int position) {
        int[] indexes = new int[axes.size()];
        int rest = position;
        for (int axis = axes.size() - 1; axis >= 0; axis--) {
            int values = axes.get(axis).values().size();
            indexes[axis] = rest % values;
            rest /= values;
        }
        return indexes;
    }

    /** A point's value on each axis. */
    List<JsonNode> values(int position) {
        int[] indexes = indexes(position);
        List<JsonNode> values = new ArrayList<>();
        for (int axis = 0; axis < indexes.length; axis++) {
            values.add(axes.get(axis).values().get(indexes[axis]));
        }
        return values;
    }

    /** A point's values in words, as "positiveRate 0.1, learningRate 0.001". */
    String name(int position) {
        int[] indexes = indexes(position);
        return IntStream.range(0, indexes.length)
                .mapToObj(axis ->
                        axes.get(axis).label() + " " + axes.get(axis).texts().get(indexes[axis]))
                .collect(Collectors.joining(", "));
    }

    /** The positions that have a value on an axis. */
    int[] positions(int axis, int value) {
        return IntStream.range(0, size())
                .filter(position -> indexes(position)[axis] == value)
                .toArray();
    }

    /** The axes that are in place, labelled so that no two are called the same. */
    static Grid of(List<StudySpec.AxisSpec> axes) {
        List<String> labels =
                labels(axes.stream().map(StudySpec.AxisSpec::pointer).toList());
        return new Grid(IntStream.range(0, axes.size())
                .mapToObj(axis -> new GridAxis(
                        axes.get(axis).pointer(),
                        labels.get(axis),
                        axes.get(axis).values()))
                .toList());
    }

    /** The last part of each pointer, and more of them where two would be the same. */
    private static List<String> labels(List<String> pointers) {
        int longest = pointers.stream().mapToInt(String::length).max().orElse(1);
        return IntStream.rangeClosed(1, longest)
                .mapToObj(parts ->
                        pointers.stream().map(pointer -> end(pointer, parts)).toList())
                .filter(labels -> labels.stream().distinct().count() == labels.size())
                .findFirst()
                .orElse(pointers);
    }

    private static String end(String pointer, int parts) {
        String[] all = pointer.substring(1).split("/", -1);
        return String.join(".", Arrays.copyOfRange(all, Math.max(0, all.length - parts), all.length));
    }
}
