package org.initlab.training.data.tables;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import java.util.function.Predicate;
import org.initlab.training.data.ContentException;
import org.initlab.training.spec.TrainingException;
import org.jspecify.annotations.Nullable;

/**
 * The columns that a spec uses, with the rows of the second file below those of the first.
 *
 * @param features in the layout's order
 * @param cells a column for each of them
 * @param classes each row's class
 * @param classNames the classes by index, in order of code points
 * @param groups each row's group, from 0; a row without a value is a group of its own; {@code null} if there is no column for it
 * @param firstRows how many of the rows come from the first file
 * @param warnings what looked odd while reading, as sentences
 */
record RawTable(
        List<RawColumn> features,
        CellRows cells,
        int[] classes,
        List<String> classNames,
        int @Nullable [] groups,
        int firstRows,
        List<String> warnings) {
    private static final int PROGRESS_ROWS = 256;

    int rows() {
        return classes.length;
    }

    /** Takes a row. */
    interface RowUser {
        /** Gives the row's cells, which are other ones afterwards. */
        void on(int row, float[] cells);
    }

    /**
     * Goes through some rows.
     *
     * @param onProgress called often; an exception from it stops the work
     */
    void each(int[] rows, Runnable onProgress, RowUser user) {
        each(rows.length, i -> rows[i], onProgress, user);
    }

    /** Goes through all rows, from the first to the last. */
    void each(Runnable onProgress, RowUser user) {
        each(rows(), row -> row, onProgress, user);
    }

    private void each(int count, IntUnaryOperator rows, Runnable onProgress, RowUser user) {
        float[] values = new float[cells.width()];
        for (int i = 0; i < count; i++) {
            if (i % PROGRESS_ROWS == 0) {
                onProgress.run();
            }
            int row = rows.applyAsInt(i);
            cells.read(row, values);
            user.on(row, values);
        }
    }

    /**
     * Reads files.
     *
     * @param files the table, and the second file if there is one
     * @param onProgress called often; an exception from it stops the work
     * @throws ContentException if a row is not of the table, or a column's values do not go together
     * @throws TrainingException if there are too many rows for the heap, or there is no room on the disk
     */
    static RawTable read(List<TableFile> files, TableLayout layout, TableSpace space, Runnable onProgress) {
        try (CellRows.Writer cells = space.rows(layout.features().size())) {
            Builder builder = new Builder(layout, cells);
            int firstRows = 0;
            for (TableFile file : files) {
                firstRows = builder.label.size();
                builder.read(file, onProgress);
            }
            return builder.build(files.size() == 1 ? builder.label.size() : firstRows);
        }
    }

    /** What is known of the columns so far. */
    private static final class Builder {
        private static final double HEAP_SHARE = 0.8;
        /** Classes, groups and orders. */
        private static final long HEAP_BYTES_A_ROW = 32;
        /** Rows are counted by ints, and looked at every now and then. */
        private static final int MOST_ROWS = Integer.MAX_VALUE - 2 * PROGRESS_ROWS;

        private final TableLayout layout;
        private final CellRows.Writer cells;
        private final List<ColumnBuilder> features;
        private final LabelBuilder label;
        private final IntList groups = new IntList();
        private final Map<String, Integer> groupIds = new HashMap<>();
        private final List<String> warnings = new ArrayList<>();
        private int groupCount;

        Builder(TableLayout layout, CellRows.Writer cells) {
            this.layout = layout;
            this.cells = cells;
            features = layout.features().stream()
                    .map(column -> new ColumnBuilder(column, layout.log().contains(column)))
                    .toList();
            label = new LabelBuilder(layout.label());
        }

        void read(TableFile file, Runnable onProgress) {
            try (TableReader reader = file.open()) {
                reader.note().ifPresent(warnings::add);
                int[] positions = layout.features().stream()
                        .mapToInt(reader.header()::indexOf)
                        .toArray();
                int labelAt = reader.header().indexOf(layout.label());
                int groupAt = reader.header().indexOf(layout.group());
                float[] values = new float[positions.length];
                for (int row = 0; reader.next(); row++) {
                    if (row % PROGRESS_ROWS == 0) {
                        onProgress.run();
                        checkRows(file);
                    }
                    for (int i = 0; i < positions.length; i++) {
                        values[i] = reader.addTo(features.get(i), positions[i]);
                    }
                    cells.add(values);
                    label.add(reader.field(labelAt), reader);
                    if (groupAt >= 0) {
                        groups.add(group(reader.field(groupAt)));
                    }
                }
            }
        }

        private int group(@Nullable String value) {
            Integer known = value == null ? null : groupIds.get(value);
            if (known != null) {
                return known;
            }
            if (value != null) {
                groupIds.put(value, groupCount);
            }
            return groupCount++;
        }

        private void checkRows(TableFile file) {
            if (label.size() > Math.min(MOST_ROWS, Runtime.getRuntime().maxMemory() * HEAP_SHARE / HEAP_BYTES_A_ROW)) {
                throw new TrainingException(String.format(
                        Locale.ROOT,
                        "%s has more than %,d rows, too many for the memory: each takes %d bytes of the heap, whatever its columns;"
                                + " give the service a larger heap (-Xmx), or use fewer rows",
                        file.name(),
                        label.size(),
                        HEAP_BYTES_A_ROW));
            }
        }

        RawTable build(int firstRows) {
            List<RawColumn> columns =
                    features.stream().map(ColumnBuilder::build).toList();
            warn(ColumnBuilder::hasDecimalCommas, "hold numbers with decimal commas, 1,5 being read as 1.5");
            warn(
                    ColumnBuilder::hasLeadingZeros,
                    "hold numbers with leading zeros, as codes do, and are read as numbers");
            features.stream().flatMap(column -> column.mixture().stream()).forEach(warnings::add);
            return new RawTable(
                    columns,
                    cells.build(),
                    label.classes(),
                    label.classNames(),
                    layout.group() == null ? null : groups.toArray(),
                    firstRows,
                    List.copyOf(warnings));
        }

        private void warn(Predicate<ColumnBuilder> odd, String what) {
            List<String> names = new ArrayList<>();
            for (int i = 0; i < features.size(); i++) {
                if (odd.test(features.get(i))) {
                    names.add(layout.features().get(i));
                }
            }
            TableNotes.add(warnings, names, what);
        }
    }
}
