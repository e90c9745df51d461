package org.initlab.training.data.tables;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.initlab.training.data.ColumnKind;
import org.initlab.training.data.DatasetNotes;
import org.initlab.training.data.PositiveClass;
import org.initlab.training.data.TableColumn;
import org.initlab.training.spec.DatasetSpec;

/** Collects what the user should know about a table. */
final class TableNotes {
    private static final int NAMED = 5;
    /** With fewer rows, what looks odd may be chance. */
    private static final int FEW_ROWS = 10;

    private static final int MANY_ROWS = 100;
    private static final int SOME_ROWS = 5000;
    /** So that the numbers take little memory in any table. */
    private static final int MOST_ROWS = 1 << 21;

    /** A number between signs that are neither letters nor digits. */
    private static final Pattern DECORATED = Pattern.compile("[^\\p{L}\\p{N}]*\\d[\\d.,]*[^\\p{L}\\p{N}]*");

    private final RawTable table;
    private final List<ColumnTraits> traits;
    private final boolean bothClasses;

    private TableNotes(RawTable table, int[] train, int positive, Runnable onProgress) {
        this.table = table;
        long positives = Arrays.stream(train)
                .filter(row -> table.classes()[row] == positive)
                .count();
        bothClasses = Math.min(positives, train.length - positives) >= FEW_ROWS;
        traits = table.features().stream()
                .map(column -> new ColumnTraits(column, train.length))
                .toList();
        BitSet trained = new BitSet();
        Arrays.stream(train).forEach(trained::set);
        table.each(onProgress, (row, cells) -> {
            for (int i = 0; i < cells.length; i++) {
                if (row < table.firstRows()) {
                    traits.get(i).addInOrder(row, cells[i]);
                }
                if (trained.get(row)) {
                    traits.get(i).addTrained(row, cells[i], table.classes()[row] == positive);
                }
            }
        });
    }

    static DatasetNotes of(
            RawTable table,
            DatasetSpec spec,
            TableRows rows,
            PositiveClass positive,
            List<Encoder> encoders,
            Runnable onProgress) {
        List<TableColumn> columns = encoders.stream().map(Encoder::column).toList();
        List<String> warnings = new ArrayList<>(table.warnings());
        int classes = table.classNames().size();
        if (classes > 2) {
            warnings.add("The label \"" + spec.label() + "\" has " + classes + " values; \"" + positive.name()
                    + "\" is trained against all the others.");
        }
        if (spec.testPath() != null && spec.testPath().equals(spec.path())) {
            warnings.add(
                    "The test split is the file that is trained on, and does not show how new rows would do; name another"
                            + " as testPath, or leave it out.");
        }
        TableNotes notes = new TableNotes(table, rows.train(), positive.index(), onProgress);
        List<String> unknown = notes.classesOfTheSecondFileOnly();
        if (!unknown.isEmpty()) {
            warnings.add("The label \"" + spec.label() + "\" has values in the second file that the first lacks: "
                    + shown(unknown) + ".");
        }
        add(warnings, named(columns, TableNotes::isEmpty), "are 0, as no training row has a value");
        add(warnings, named(columns, TableNotes::isConstant), "are 0, as all training rows have the same value");
        add(warnings, named(columns, TableNotes::isOneText), "are 1, as all training rows have the same value");
        add(warnings, notes.named(notes::rises), "hold whole numbers that rise from row to row, as ids and times do");
        add(
                warnings,
                notes.named(column -> !notes.rises(column) && notes.differs(column, onProgress)),
                "hold a different whole number in each row, as ids do");
        add(
                warnings,
                notes.named(notes::isDecorated),
                "hold numbers with signs such as % or $, each value being a feature of its own; write them without the signs");
        add(warnings, notes.named(notes::hardlyRepeats), "hold texts that hardly repeat, as names and ids do");
        add(
                warnings,
                notes.named(notes::tellsClasses),
                "alone tell the positive rows from the others; they may come from the label");
        if (spec.group() != null
                && columns.stream().anyMatch(column -> column.name().equals(spec.group()))) {
            warnings.add("The column \"" + spec.group()
                    + "\" groups the rows and is a feature too; if it is an id, name it in exclude.");
        }
        return new DatasetNotes(null, 0, List.copyOf(warnings), columns);
    }

    static void add(List<String> warnings, List<String> columns, String what) {
        if (!columns.isEmpty()) {
            warnings.add("Columns that " + what + ": " + shown(columns) + ".");
        }
    }

    private static String shown(List<String> names) {
        String shown = String.join("\", \"", names.subList(0, Math.min(NAMED, names.size())));
        String more = names.size() > NAMED ? " and " + (names.size() - NAMED) + " more" : "";
        return "\"" + shown + "\"" + more;
    }

    private static List<String> named(List<TableColumn> columns, Predicate<TableColumn> odd) {
        return columns.stream().filter(odd).map(TableColumn::name).toList();
    }

    private List<String> named(IntPredicate odd) {
        return IntStream.range(0, traits.size())
                .filter(odd)
                .mapToObj(column -> table.features().get(column).name())
                .toList();
    }

    private static boolean isEmpty(TableColumn column) {
        return column.kind() == ColumnKind.NUMBER && column.mean() == null;
    }

    private static boolean isConstant(TableColumn column) {
        return column.kind() == ColumnKind.NUMBER && column.std() != null && column.std() == 0;
    }

    private static boolean isOneText(TableColumn column) {
        return column.values() != null && column.values().size() == 1;
    }

    private List<String> classesOfTheSecondFileOnly() {
        BitSet first = new BitSet();
        BitSet second = new BitSet();
        for (int row = 0; row < table.rows(); row++) {
            (row < table.firstRows() ? first : second).set(table.classes()[row]);
        }
        second.andNot(first);
        return second.stream().mapToObj(table.classNames()::get).toList();
    }

    private boolean isDecorated(int column) {
        return table.features().get(column) instanceof RawColumn.Texts texts
                && texts.values().stream()
                        .allMatch(text -> DECORATED.matcher(text).matches() && Double.isNaN(Cells.number(text)));
    }

    private boolean rises(int column) {
        return table.firstRows() >= FEW_ROWS && traits.get(column).rises();
    }

    /** Whether all rows have different whole numbers; looks at some rows first, as most columns have repetitions there. */
    private boolean differs(int column, Runnable onProgress) {
        int rows = Math.min(table.firstRows(), MOST_ROWS);
        return table.features().get(column) instanceof RawColumn.Numbers numbers
                && rows >= MANY_ROWS
                && (!numbers.isFew() || numbers.values().length >= rows)
                && differs(numbers, column, Math.min(rows, SOME_ROWS), onProgress)
                && differs(numbers, column, rows, onProgress);
    }

    private boolean differs(RawColumn.Numbers numbers, int column, int rows, Runnable onProgress) {
        double[] values = new double[rows];
        for (int row = 0; row < rows; row++) {
            if (row % SOME_ROWS == 0) {
                onProgress.run();
            }
            values[row] = numbers.at(row, table.cells().get(row, column));
            // a comparison with a missing value is false
            boolean whole = values[row] == Math.rint(values[row]);
            if (!whole) {
                return false;
            }
        }
        Arrays.sort(values);
        for (int i = 1; i < rows; i++) {
            if (values[i] == values[i - 1]) {
                return false;
            }
        }
        return true;
    }

    private boolean hardlyRepeats(int column) {
        return table.features().get(column) instanceof RawColumn.Texts texts
                && table.rows() >= FEW_ROWS
                && texts.values().size() * 2 > table.rows();
    }

    private boolean tellsClasses(int column) {
        return bothClasses && traits.get(column).tellsClasses();
    }
}
