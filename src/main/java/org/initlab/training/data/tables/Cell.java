package org.initlab.training.data.tables;

/** A field that a message names, with its place. */
record Cell(String place, String value) {
    private static final int LONGEST = 40;

    static Cell of(String value, String column, TableReader row) {
        String cut = value.length() <= LONGEST ? value : value.substring(0, LONGEST) + "…";
        // the database keeps messages, and no such character
        String shown = cut.replace("\0", "\\0");
        return new Cell(row.place() + ", column \"" + column + "\"", shown);
    }

    String withNul() {
        return place + " has a text with the character U+0000 in it, \"" + value
                + "\"; remove it, or name the column in exclude";
    }

    String tooLarge() {
        return place + " has the number " + value
                + ", and numbers may be as large as 1e38; divide the column, or name it in exclude";
    }

    String infinite() {
        return place + " has the infinite number " + value + "; give it a finite one, or leave it empty";
    }

    String withoutLogarithm() {
        return place + " has the number " + value
                + ", and log takes only numbers above -0.001; leave the column out of log";
    }

    String textWithoutLogarithm() {
        return hasText() + ", and log takes only numbers; leave the column out of log, or mend the value";
    }

    String textAmongNumbers() {
        return hasText() + ", and more than 1,000 rows above have different numbers; " + advice();
    }

    String ofTooManyTexts() {
        return hasText() + ", and the column has more than 1,000 different values, too many for one of texts; "
                + advice();
    }

    String separated() {
        return place + " has \"" + value + "\"; " + advice();
    }

    String otherMark(Cell point) {
        return place + " has \"" + value + "\", and " + point.place + " has \"" + point.value
                + "\"; write all of the column's numbers with the same decimal mark, without thousands separators";
    }

    String makesTexts() {
        return place + " has the text \"" + value
                + "\" among numbers, so that each value of the column is a feature of its"
                + " own; leave a field empty if its number is missing.";
    }

    private String hasText() {
        return place + " has the text \"" + value + "\"";
    }

    private String advice() {
        return Cells.isSeparated(value)
                ? "write numbers as 1234.5, without thousands separators or decimal commas"
                : "mend the value, or name the column in exclude";
    }
}
