package org.initlab.training.data.tables;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.initlab.training.data.ContentException;
import org.jspecify.annotations.Nullable;

/** Collects the label: few values, none of them missing. */
final class LabelBuilder {
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

    /** Returns the labels' values, in order of code points. */
    List<String> classNames() {
        return codes.keySet().stream().sorted(CodePoints.ORDER).toList();
    }

    /** Returns each row's class, an index into the names. */
    int[] classes() {
        List<String> names = classNames();
        int[] order = new int[names.size()];
        for (int index = 0; index < order.length; index++) {
            order[codes.get(names.get(index))] = index;
        }
        return Arrays.stream(cells.toArray()).map(code -> order[code]).toArray();
    }
}
