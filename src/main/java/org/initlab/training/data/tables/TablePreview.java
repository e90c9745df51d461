package org.initlab.training.data.tables;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.initlab.training.data.ColumnKind;
import org.initlab.training.spec.TrainingException;
import org.jspecify.annotations.Nullable;

/**
 * What the first rows of a table hold, to choose columns by.
 *
 * @param rows how many rows were looked at
 * @param complete whether these are all
 * @param columns in the header's order
 */
public record TablePreview(int rows, boolean complete, List<PreviewedColumn> columns) {
    private static final int MOST_ROWS = 10_000;
    private static final int MOST_FIELDS = 2_000_000;

    /**
     * A column.
     *
     * @param kind by these rows; a run goes by all
     * @param missing how many of the rows have no value
     * @param counts the different values, in order of code points; {@code null} if there are more than 20
     */
    public record PreviewedColumn(String name, ColumnKind kind, int missing, @Nullable List<ValueCount> counts) {}

    /**
     * How many rows have a value.
     *
     * @param value as the file has it
     */
    public record ValueCount(String value, int count) {}

    /**
     * Looks at a table.
     *
     * @param datasets nothing outside this folder is read
     * @param path the file below it
     * @throws TrainingException if it cannot be read; the message says what to do
     */
    public static TablePreview of(Path datasets, String path) {
        try (TableReader reader = TableFile.find(datasets, path).open()) {
            List<Sketch> sketches = new ArrayList<>();
            for (String name : reader.header()) {
                sketches.add(new Sketch(name, reader.kind(sketches.size())));
            }
            int most = Math.min(MOST_ROWS, MOST_FIELDS / sketches.size());
            int rows = 0;
            boolean more = reader.next();
            while (more && rows < most) {
                for (int column = 0; column < sketches.size(); column++) {
                    sketches.get(column).add(reader.field(column), reader.hasDecimalCommas());
                }
                rows++;
                more = reader.next();
            }
            return new TablePreview(
                    rows, !more, sketches.stream().map(Sketch::column).toList());
        }
    }

    private static final class Sketch {
        private static final int FEW = 20;

        private final String name;
        private final Optional<ColumnKind> declared;
        private final Map<String, Integer> counts = new TreeMap<>(CodePoints.ORDER);
        private boolean many;
        private boolean numbers = true;
        private boolean booleans = true;
        private int missing;

        Sketch(String name, Optional<ColumnKind> declared) {
            this.name = name;
            this.declared = declared;
        }

        void add(@Nullable String value, boolean decimalCommas) {
            if (value == null) {
                missing++;
                return;
            }
            numbers = numbers
                    && !(Double.isNaN(Cells.number(value))
                            && (!decimalCommas || Double.isNaN(Cells.numberWithComma(value))));
            booleans = booleans && Cells.isBoolean(value);
            if (!many) {
                counts.merge(value, 1, Integer::sum);
                many = counts.size() > FEW;
            }
        }

        PreviewedColumn column() {
            ColumnKind guessed = numbers ? ColumnKind.NUMBER : booleans ? ColumnKind.BOOLEAN : ColumnKind.TEXT;
            List<ValueCount> values = counts.entrySet().stream()
                    .map(entry -> new ValueCount(entry.getKey(), entry.getValue()))
                    .toList();
            return new PreviewedColumn(name, declared.orElse(guessed), missing, many ? null : values);
        }
    }
}
