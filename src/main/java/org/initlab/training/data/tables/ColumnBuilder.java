package org.initlab.training.data.tables;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.initlab.training.data.ColumnKind;
import org.initlab.training.data.ContentException;
import org.jspecify.annotations.Nullable;

/**
 * Turns a column's values into cells of four bytes, in one pass over the files, though only the last row decides its kind: it
 * counts distinct values until there are more than a column of texts may have, from where on it can only hold numbers.
 *
 * <p>A cell is the index of the row's value until then. Later ones are differences from a number near the middle of those
 * before, so that the precision of four bytes goes to what tells rows apart.
 */
final class ColumnBuilder {
    static final int MOST_VALUES = 1000;
    private static final double LOG_OFFSET = 0.001;
    /** So that differences fit into four bytes, and squares into eight. */
    private static final double LARGEST = 1e38;

    private final String name;
    private final boolean log;
    private final List<String> texts = new ArrayList<>();
    private Map<Object, Integer> codes = new HashMap<>();
    private double[] numbers = new double[16];
    private boolean onlyNumbers = true;
    private boolean separated = true;
    private boolean onlyBooleans = true;
    private boolean many;
    private int rows;
    /** How many rows have indexes, and what the others' differences are from. */
    private int indexed;

    private double base;
    private boolean leadingZeros;
    /** The first text that is not a number. */
    private @Nullable Cell text;
    /** The first number that cannot be used, and why. */
    private @Nullable String badNumber;
    /** The first number with a decimal comma, and the first one with a point where both are possible. */
    private @Nullable Cell comma;

    private @Nullable Cell point;

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
     * Takes the next row's value, which may be a number.
     *
     * @param value {@code null} if missing
     * @return its cell
     * @throws ContentException if no column can have it after the values so far
     */
    float add(@Nullable String value, TableReader row) {
        rows++;
        if (value == null) {
            return missing();
        }
        if (many) {
            return difference(number(value, row), value, row);
        }
        Integer code = codes.get(value);
        if (code != null) {
            return code;
        }
        double number = number(value, row);
        if (Double.isNaN(number) && text == null) {
            text = Cell.of(value, name, row);
        }
        return addNew(value, number, value, row);
    }

    /** Takes the next row's value, a text even if it looks like a number; {@code null} if missing. */
    float addText(@Nullable String value, TableReader row) {
        rows++;
        separated = false;
        if (value == null) {
            return missing();
        }
        if (text == null) {
            text = Cell.of(value, name, row);
        }
        if (many) {
            return difference(Double.NaN, value, row);
        }
        Integer code = codes.get(value);
        return code == null ? addNew(value, Double.NaN, value, row) : code;
    }

    /** Takes the next row's value, NaN if missing. */
    float addNumber(double value, TableReader row) {
        rows++;
        if (Double.isNaN(value)) {
            return missing();
        }
        if (many) {
            return difference(value, null, row);
        }
        Integer code = codes.get(value);
        return code == null ? addNew(value, value, Cells.shown(value), row) : code;
    }

    private float missing() {
        return many ? Float.NaN : RawColumn.MISSING;
    }

    private float addNew(Object value, double number, String shown, TableReader row) {
        if (texts.size() == MOST_VALUES) {
            onlyNumbersFromHere();
            return difference(number, shown, row);
        }
        if (shown.indexOf('\0') >= 0) {
            throw new ContentException(Cell.of(shown, name, row).withNul());
        }
        int code = texts.size();
        texts.add(shown);
        codes.put(value, code);
        onlyBooleans &= Cells.isBoolean(shown);
        if (Double.isNaN(number)) {
            onlyNumbers = false;
            separated &= Cells.isSeparated(shown);
        } else if (badNumber == null) {
            badNumber = fault(number, shown, row);
        }
        numbers = code == numbers.length ? Arrays.copyOf(numbers, 2 * code) : numbers;
        numbers[code] = used(number);
        return code;
    }

    private double number(String value, TableReader row) {
        double number = Cells.number(value);
        leadingZeros |= Cells.hasLeadingZero(value);
        if (row.hasDecimalCommas()) {
            if (Double.isNaN(number)) {
                number = Cells.numberWithComma(value);
                comma = comma == null && !Double.isNaN(number) ? Cell.of(value, name, row) : comma;
            } else if (point == null && value.indexOf('.') >= 0) {
                point = Cell.of(value, name, row);
            }
        }
        return number;
    }

    private double used(double number) {
        return log ? StrictMath.log(number + LOG_OFFSET) : number;
    }

    private float difference(double number, @Nullable String shown, TableReader row) {
        if (Double.isNaN(number)) {
            throw new ContentException(Cell.of(String.valueOf(shown), name, row).textAmongNumbers());
        }
        String fault = fault(number, shown, row);
        if (fault != null) {
            throw new ContentException(fault);
        }
        return (float) (used(number) - base);
    }

    private @Nullable String fault(double number, @Nullable String shown, TableReader row) {
        if (Double.isInfinite(number)) {
            return cell(number, shown, row).infinite();
        }
        if (Math.abs(number) > LARGEST) {
            return cell(number, shown, row).tooLarge();
        }
        return log && number + LOG_OFFSET <= 0 ? cell(number, shown, row).withoutLogarithm() : null;
    }

    private Cell cell(double number, @Nullable String shown, TableReader row) {
        return Cell.of(shown == null ? Cells.shown(number) : shown, name, row);
    }

    private void onlyNumbersFromHere() {
        if (!onlyNumbers) {
            throw new ContentException(text.ofTooManyTexts());
        }
        if (badNumber != null) {
            throw new ContentException(badNumber);
        }
        many = true;
        indexed = rows - 1;
        codes = Map.of();
        numbers = Arrays.copyOf(numbers, texts.size());
        texts.clear();
        double[] sorted = numbers.clone();
        Arrays.sort(sorted);
        base = sorted[sorted.length / 2];
    }

    /**
     * Ends the column after the last row.
     *
     * @throws ContentException if its values do not go together
     */
    RawColumn build() {
        if (onlyNumbers) {
            return buildNumbers();
        }
        if (separated) {
            throw new ContentException(text.separated());
        }
        if (log) {
            throw new ContentException(text.textWithoutLogarithm());
        }
        return onlyBooleans
                ? new RawColumn.Texts(
                        name,
                        ColumnKind.BOOLEAN,
                        texts.stream().map(Cells::spelled).toList())
                : new RawColumn.Texts(name, ColumnKind.TEXT, List.copyOf(texts));
    }

    private RawColumn buildNumbers() {
        if (comma != null && point != null) {
            throw new ContentException(comma.otherMark(point));
        }
        if (many) {
            return RawColumn.Numbers.many(name, numbers, indexed, base);
        }
        if (badNumber != null) {
            throw new ContentException(badNumber);
        }
        return RawColumn.Numbers.few(name, Arrays.copyOf(numbers, texts.size()));
    }

    /** Whether its numbers were read by their decimal commas. */
    boolean hasDecimalCommas() {
        return onlyNumbers && comma != null;
    }

    /** Whether some of its numbers begin with a 0 that another digit follows. */
    boolean hasLeadingZeros() {
        return onlyNumbers && leadingZeros;
    }

    /** A sentence about a column that would hold numbers but for a few texts. */
    Optional<String> mixture() {
        long numeric =
                Arrays.stream(numbers, 0, texts.size()).filter(Double::isFinite).count();
        return onlyNumbers || 2 * numeric <= texts.size() ? Optional.empty() : Optional.of(text.makesTexts());
    }
}
