package org.initlab.training.data.tables;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.initlab.training.data.ColumnKind;
import org.initlab.training.data.ContentException;

/**
 * Collects a column in four bytes a row, in one pass over the files, though only the last row decides its kind: it counts
 * distinct texts until there are more than a column of texts may have, from where on it can only hold numbers.
 *
 * <p>Numbers are kept as differences from one near their middle, so that the precision of four bytes goes to what
 * tells rows apart.
 */
final class ColumnBuilder {
    static final int MOST_VALUES = 1000;
    private static final float MISSING = -1;
    private static final double LOG_OFFSET = 0.001;

    private final String name;
    private final boolean log;
    private final FloatList cells = new FloatList();
    private final List<String> texts = new ArrayList<>();
    private final Map<String, Integer> codes = new HashMap<>();
    private double[] numbers = new double[16];
    private boolean onlyNumbers = true;
    private boolean separated = true;
    private boolean onlyBooleans = true;
    private boolean many;
    private double base;
    /** The first text that is no number, and where. */
    private String text;

    private String textPlace;
    /** The first number that cannot be used, and why. */
    private String badNumber;

    /**
     * Begins a column.
     *
     * @param log whether numbers are replaced by ln(x + 0.001)
     */
    ColumnBuilder(String name, boolean log) {
        this.name = name;
        this.log = log;
    }

    /**
     * Takes the next row's value.
     *
     * @throws ContentException if no column can have it after the values so far
     */
    void add(String value, TableReader row) {
        if (many) {
            addNumber(value, row);
        } else if (Cells.isMissing(value)) {
            cells.add(MISSING);
        } else {
            Integer code = codes.get(value);
            if (code == null && texts.size() == MOST_VALUES) {
                keepNumbers();
                addNumber(value, row);
            } else {
                cells.add(code == null ? added(value, row) : code);
            }
        }
    }

    private int added(String value, TableReader row) {
        int code = texts.size();
        texts.add(value);
        codes.put(value, code);
        double number = Cells.number(value);
        onlyBooleans &= Cells.isBoolean(value);
        if (Double.isNaN(number)) {
            onlyNumbers = false;
            separated &= Cells.isSeparated(value);
            if (text == null) {
                text = value;
                textPlace = place(row);
            }
        } else if (badNumber == null) {
            badNumber = fault(number, value, row);
        }
        numbers = code == numbers.length ? Arrays.copyOf(numbers, 2 * code) : numbers;
        numbers[code] = used(number);
        return code;
    }

    private double used(double number) {
        return log ? StrictMath.log(number + LOG_OFFSET) : number;
    }

    private void addNumber(String value, TableReader row) {
        double number = Cells.number(value);
        if (!Double.isNaN(number)) {
            String fault = fault(number, value, row);
            if (fault != null) {
                throw new ContentException(fault);
            }
            cells.add((float) (used(number) - base));
        } else if (Cells.isMissing(value)) {
            cells.add(Float.NaN);
        } else {
            throw new ContentException(place(row) + " has the text \"" + shown(value) + "\", and more than 1,000 rows"
                    + " above have different numbers; " + advice(value));
        }
    }

    private String fault(double number, String value, TableReader row) {
        if (Double.isInfinite(number)) {
            return place(row) + " has the infinite number " + shown(value)
                    + "; give it a finite one, or leave it empty";
        }
        return log && number + LOG_OFFSET <= 0
                ? place(row) + " has the number " + shown(value)
                        + ", and log takes only numbers above -0.001; leave the column out of log"
                : null;
    }

    private void keepNumbers() {
        if (!onlyNumbers) {
            throw new ContentException(textPlace + " has the text \"" + shown(text)
                    + "\", and the column has more than 1,000 different values, too many for one of texts; "
                    + advice(text));
        }
        if (badNumber != null) {
            throw new ContentException(badNumber);
        }
        many = true;
        double[] sorted = Arrays.copyOf(numbers, texts.size());
        Arrays.sort(sorted);
        base = sorted[sorted.length / 2];
        for (int row = 0; row < cells.size(); row++) {
            float code = cells.get(row);
            cells.set(row, code == MISSING ? Float.NaN : (float) (numbers[(int) code] - base));
        }
    }

    private String advice(String value) {
        return Cells.isSeparated(value)
                ? "write numbers as 1234.5, without thousands separators or decimal commas"
                : "mend the value, or name the column in exclude";
    }

    /**
     * Ends the column after the last row.
     *
     * @throws ContentException if its values do not go together
     */
    RawColumn build() {
        if (many) {
            return new RawColumn.Numbers(name, cells, null, base);
        }
        if (onlyNumbers) {
            if (badNumber != null) {
                throw new ContentException(badNumber);
            }
            return new RawColumn.Numbers(name, cells, Arrays.copyOf(numbers, texts.size()), 0);
        }
        if (separated) {
            throw new ContentException(textPlace + " has \"" + shown(text)
                    + "\"; write numbers as 1234.5, without thousands separators or decimal commas");
        }
        if (log) {
            throw new ContentException(textPlace + " has the text \"" + shown(text)
                    + "\", and log takes only numbers; leave the column out of log, or mend the value");
        }
        return onlyBooleans
                ? new RawColumn.Texts(
                        name,
                        ColumnKind.BOOLEAN,
                        cells,
                        texts.stream().map(Cells::spelled).toList())
                : new RawColumn.Texts(name, ColumnKind.TEXT, cells, List.copyOf(texts));
    }

    private String place(TableReader row) {
        return row.place() + ", column \"" + name + "\"";
    }

    private static String shown(String value) {
        int most = 40;
        return value.length() <= most ? value : value.substring(0, most) + "…";
    }
}
