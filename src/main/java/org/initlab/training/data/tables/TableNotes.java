package org.initlab.training.data.tables;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
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
        List<String> warnings = new ArrayList<>();
        int classes = table.classNames().size();
        if (classes > 2) {
            warnings.add("The label \"" + spec.label() + "\" has " + classes + " values; \"" + positive.name()
                    + "\" is trained against all the others.");
        }
        TableNotes notes = new TableNotes(table, rows.train(), positive.index());
        add(warnings, named(columns, TableNotes::isEmpty), "are 0, as no training row has a value");
        add(warnings, named(columns, TableNotes::isConstant), "are 0, as all training rows have the same value");
        add(warnings, notes.named(notes::rises), "hold whole numbers that rise from row to row, as ids and times do");
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

    private static void add(List<String> warnings, List<String> columns, String what) {
        if (!columns.isEmpty()) {
            String shown = String.join("\", \"", columns.subList(0, Math.min(NAMED, columns.size())));
            String more = columns.size() > NAMED ? " and " + (columns.size() - NAMED) + " more" : "";
            warnings.add("Columns that " + what + ": \"" + shown + "\"" + more + ".");
        }
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

    /** By a threshold, or by its texts. */
    private boolean tellsClasses(RawColumn column) {
        return positives() >= FEW_ROWS
                && train.length - positives() >= FEW_ROWS
                && (column instanceof RawColumn.Numbers numbers
                        ? isSeparated(numbers)
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
        for (int row : train) {
            double value = numbers.at(row);
            if (Double.isNaN(value)) {
                return false;
            }
            (isPositive(row) ? positives : others).accept(value);
        }
        return positives.getMin() > others.getMax() || positives.getMax() < others.getMin();
    }

    /** Texts that hardly repeat tell rows apart, not classes. */
    private boolean isPure(RawColumn.Texts texts) {
        Map<String, Boolean> classes = new HashMap<>();
        for (int row : train) {
            boolean known = classes.computeIfAbsent(String.valueOf(texts.at(row)), absent -> isPositive(row));
            if (known != isPositive(row)) {
                return false;
            }
        }
        return classes.size() * FEW_ROWS <= train.length;
    }
}
