package org.initlab.training.data.tables;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import org.initlab.training.data.ContentException;
import org.jspecify.annotations.Nullable;

/** Collects the label: few values, none of them missing. */
final class LabelBuilder {
    private static final BinaryOperator<String> SHORTER =
            BinaryOperator.minBy(Comparator.comparing(String::length).thenComparing(CodePoints.ORDER));

    private final String name;
    private final Map<String, Integer> codes = new HashMap<>();
    private final IntList cells = new IntList();

    LabelBuilder(String name) {
        this.name = name;
    }

    void add(@Nullable String value, TableReader row) {
        if (value == null) {
            throw new ContentException(row.place() + ", column \"" + name
                    + "\" has no value, and every row needs its label; add it, or remove the row");
        }
        Integer code = codes.get(value);
        if (code == null) {
            if (value.indexOf('\0') >= 0) {
                throw new ContentException(Cell.of(value, name, row).withNul());
            }
            if (codes.size() == ColumnBuilder.MOST_VALUES) {
                throw new ContentException(row.place() + ", column \"" + name
                        + "\" has a label, and the rows above have 1,000 others; choose a column of few values");
            }
            code = codes.size();
            codes.put(value, code);
        }
        cells.add(code);
    }

    int size() {
        return cells.size();
    }

    /** Returns the classes' names, in order of code points. */
    List<String> classNames() {
        return names().values().stream().distinct().sorted(CodePoints.ORDER).toList();
    }

    /** Returns each row's class, an index into the names. */
    int[] classes() {
        List<String> sorted = classNames();
        int[] order = new int[codes.size()];
        names().forEach((value, name) -> order[codes.get(value)] = sorted.indexOf(name));
        int[] classes = cells.toArray();
        Arrays.setAll(classes, row -> order[classes[row]]);
        return classes;
    }

    /**
     * The class of each value, named by its shortest spelling: if all are numbers, or all booleans, those that mean the same are one
     * class, as in pandas. A second file may have been written with 1.0 where the first has 1.
     */
    private Map<String, String> names() {
        boolean booleans = codes.keySet().stream().allMatch(Cells::isBoolean);
        boolean numbers = codes.keySet().stream().allMatch(value -> number(value) != null);
        Function<String, @Nullable Object> meaning =
                booleans ? Cells::spelled : numbers ? LabelBuilder::number : value -> value;
        Map<Object, String> shortest = new HashMap<>();
        codes.keySet().forEach(value -> shortest.merge(meaning.apply(value), value, SHORTER));
        Map<String, String> names = new HashMap<>();
        codes.keySet().forEach(value -> names.put(value, shortest.get(meaning.apply(value))));
        return names;
    }

    /** Exact, as ids can be longer than a double's digits; {@code null} if it is none. */
    private static @Nullable Object number(String value) {
        try {
            return new BigDecimal(value.strip()).stripTrailingZeros();
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
