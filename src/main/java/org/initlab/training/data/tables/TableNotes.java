package org.initlab.training.data.tables;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.DoubleSummaryStatistics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.regex.Pattern;
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

    /** A number between signs that are neither letters nor digits. */
    private static final Pattern DECORATED = Pattern.compile("[^\\p{L}\\p{N}]*\\d[\\d.,]*[^\\p{L}\\p{N}]*");

    private final RawTable table;
    private final int[] train;
    private final int positive;

    private TableNotes(RawTable table, int[] train, int positive) {
        this.table = table;
        this.train = train;
        this.positive = positive;
    }

    static DatasetNotes of(
            RawTable table, DatasetSpec spec, TableRows rows, PositiveClass positive, List<Encoder> encoders) {
        List<TableColumn> columns = encoders.stream().map(Encoder::column).toList();
        List<String> warnings = new ArrayList<>(table.warnings());
        int classes = table.classNames().size();
        if (classes > 2) {
            warnings.add("The label \"" + spec.label() + "\" has " + classes + " values; \"" + positive.name()
                    + "\" is trained against all the others.");
        }
        TableNotes notes = new TableNotes(table, rows.train(), positive.index());
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
                notes.named(column -> !notes.rises(column) && notes.differs(column)),
                "hold a different whole number in each row, as ids do");
        add(
                warnings,
                notes.named(TableNotes::isDecorated),
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

    private List<String> named(Predicate<RawColumn> odd) {
        return table.features().stream().filter(odd).map(RawColumn::name).toList();
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

    private static boolean isDecorated(RawColumn column) {
        return column instanceof RawColumn.Texts texts
                && texts.values().stream()
                        .allMatch(text -> DECORATED.matcher(text).matches() && Double.isNaN(Cells.number(text)));
    }

    private boolean rises(RawColumn column) {
        if (!(column instanceof RawColumn.Numbers numbers) || table.firstRows() < FEW_ROWS) {
            return false;
        }
        for (int row = 0; row < table.firstRows(); row++) {
            double value = numbers.at(row);
            // comparisons with a missing value are false
            boolean rising = value == Math.rint(value) && (row == 0 || value > numbers.at(row - 1));
            if (!rising) {
                return false;
            }
        }
        return true;
    }

    /** Whether all rows have different whole numbers; looks at some rows first, as most columns have repetitions there. */
    private boolean differs(RawColumn column) {
        int rows = table.firstRows();
        return column instanceof RawColumn.Numbers numbers
                && rows >= MANY_ROWS
                && (numbers.values() == null || numbers.values().length >= rows)
                && differs(numbers, Math.min(rows, SOME_ROWS))
                && differs(numbers, rows);
    }

    private static boolean differs(RawColumn.Numbers numbers, int rows) {
        double[] values = new double[rows];
        for (int row = 0; row < rows; row++) {
            values[row] = numbers.at(row);
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

    private boolean hardlyRepeats(RawColumn column) {
        return column instanceof RawColumn.Texts texts
                && table.rows() >= FEW_ROWS
                && texts.values().size() * 2 > table.rows();
    }

    /** By a threshold, by its few values, or by its texts. */
    private boolean tellsClasses(RawColumn column) {
        return positives() >= FEW_ROWS
                && train.length - positives() >= FEW_ROWS
                && (column instanceof RawColumn.Numbers numbers
                        ? isSeparated(numbers) || isPure(numbers)
                        : isPure((RawColumn.Texts) column));
    }

    private int positives() {
        return (int) Arrays.stream(train).filter(this::isPositive).count();
    }

    private boolean isPositive(int row) {
        return table.classes()[row] == positive;
    }

    private boolean isSeparated(RawColumn.Numbers numbers) {
        DoubleSummaryStatistics positives = new DoubleSummaryStatistics();
        DoubleSummaryStatistics others = new DoubleSummaryStatistics();
        boolean positiveGaps = false;
        boolean otherGaps = false;
        for (int row : train) {
            double value = numbers.at(row);
            if (Double.isNaN(value)) {
                positiveGaps |= isPositive(row);
                otherGaps |= !isPositive(row);
            } else {
                (isPositive(row) ? positives : others).accept(value);
            }
        }
        if (positiveGaps && otherGaps) {
            return false;
        }
        return positives.getMin() > others.getMax() || positives.getMax() < others.getMin();
    }

    private boolean isPure(RawColumn.Numbers numbers) {
        return numbers.values() != null && isPure(numbers.values().length, row -> numbers.at(row));
    }

    private boolean isPure(RawColumn.Texts texts) {
        return isPure(texts.values().size(), row -> String.valueOf(texts.at(row)));
    }

    /** Whether each value goes with one class; values that hardly repeat tell rows apart, not classes. */
    private boolean isPure(int different, IntFunction<Object> value) {
        if (different * FEW_ROWS > train.length) {
            return false;
        }
        Map<Object, Boolean> classes = new HashMap<>();
        for (int row : train) {
            boolean known = classes.computeIfAbsent(value.apply(row), absent -> isPositive(row));
            if (known != isPositive(row)) {
                return false;
            }
        }
        return true;
    }
}
