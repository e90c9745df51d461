package org.initlab.training.data.tables;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What the text of a field means, as {@code pandas.read_csv} has it. */
final class Cells {
    private static final Set<String> MISSING = Set.of(
            "",
            "#N/A",
            "#N/A N/A",
            "#NA",
            "-1.#IND",
            "-1.#QNAN",
            "-NaN",
            "-nan",
            "1.#IND",
            "1.#QNAN",
            "<NA>",
            "N/A",
            "NA",
            "NULL",
            "NaN",
            "None",
            "n/a",
            "nan",
            "null");
    private static final int LONGEST_MISSING = 8;
    private static final Set<String> TRUE = Set.of("True", "TRUE", "true");
    private static final Set<String> FALSE = Set.of("False", "FALSE", "false");
    private static final Pattern INFINITE = Pattern.compile("[+-]?inf(inity)?");
    private static final Pattern SEPARATED = Pattern.compile("\\s*[+-]?\\d{1,3}([,'. ]\\d{3})*([.,]\\d+)?\\s*");

    private Cells() {}

    static boolean isMissing(String text) {
        return text.length() <= LONGEST_MISSING && MISSING.contains(text);
    }

    static boolean isBoolean(String text) {
        return TRUE.contains(text) || FALSE.contains(text);
    }

    /** Returns the one spelling of a boolean. */
    static String spelled(String bool) {
        return TRUE.contains(bool) ? "True" : "False";
    }

    /** Whether a text that is no number is one with thousands separators or a decimal comma. */
    static boolean isSeparated(String text) {
        return SEPARATED.matcher(text).matches();
    }

    /** Returns a number, which may be infinite, or NaN if the text is none. */
    static double number(String text) {
        boolean digits = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= '0' && c <= '9') {
                digits = true;
            } else if (c != '.' && c != '-' && c != '+' && c != 'e' && c != 'E' && !isSpace(c)) {
                return infinite(text);
            }
        }
        if (!digits) {
            return Double.NaN;
        }
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    /** What the number's parser, like pandas', takes no notice of around it; spreadsheets write a tab to keep a code as it is. */
    private static boolean isSpace(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }

    /** Returns a number whose decimal mark is a comma, or NaN if the text is none. */
    static double numberWithComma(String text) {
        int comma = text.indexOf(',');
        boolean isOne = comma >= 0 && text.indexOf(',', comma + 1) < 0 && text.indexOf('.') < 0;
        return isOne ? number(text.replace(',', '.')) : Double.NaN;
    }

    /** Whether a number begins with a 0 that another digit follows, as codes do. */
    static boolean hasLeadingZero(String text) {
        return text.length() > 1 && text.charAt(0) == '0' && Character.isDigit(text.charAt(1));
    }

    /** A number as a text: whole ones without a point. */
    static String shown(double number) {
        return number == Math.rint(number) && Math.abs(number) < 1L << 53
                ? String.valueOf((long) number)
                : String.valueOf(number);
    }

    private static double infinite(String text) {
        if ((text.indexOf('n') < 0 && text.indexOf('N') < 0)
                || !INFINITE.matcher(text.strip().toLowerCase(Locale.ROOT)).matches()) {
            return Double.NaN;
        }
        return text.strip().startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
}
