package org.initlab.bench;

import java.util.Locale;

/**
 * One line of the table.
 *
 * @param measure what was measured, with its sizes
 * @param unit of {@code ours} and {@code theirs}
 * @param ours the median of InitLab's rounds
 * @param other what it is compared with; empty for a limit by itself
 * @param theirs the other's median; NaN without one
 * @param ratio how many times as fast InitLab is; NaN without another
 * @param target what must hold, in words; empty for information only
 * @param reached whether it holds
 */
record Row(
        String measure,
        String unit,
        double ours,
        String other,
        double theirs,
        double ratio,
        String target,
        boolean reached) {
    private static final double TINY = 0.01;

    /**
     * A rate, where more is better, next to another's; it must be at least {@code atLeast} times that, or 0 for no
     * target.
     */
    static Row rate(String measure, String unit, double ours, String other, double theirs, double atLeast) {
        return compared(measure, unit, ours, other, theirs, ours / theirs, atLeast);
    }

    /**
     * A duration, where less is better, next to another's; it must be {@code atLeast} times as fast, or 0 for no
     * target.
     */
    static Row duration(String measure, String unit, double ours, String other, double theirs, double atLeast) {
        return compared(measure, unit, ours, other, theirs, theirs / ours, atLeast);
    }

    private static Row compared(
            String measure, String unit, double ours, String other, double theirs, double ratio, double atLeast) {
        String target = atLeast == 0 ? "" : String.format(Locale.ROOT, "≥ %.2f ×", atLeast);
        return new Row(measure, unit, ours, other, theirs, ratio, target, ratio >= atLeast);
    }

    /** A figure that must stay under a limit. */
    static Row below(String measure, String unit, double ours, double limit) {
        String target = String.format(Locale.ROOT, "< %s %s", number(limit), unit);
        return new Row(measure, unit, ours, "", Double.NaN, Double.NaN, target, ours < limit);
    }

    /** A figure for information. */
    static Row known(String measure, String unit, double ours) {
        return new Row(measure, unit, ours, "", Double.NaN, Double.NaN, "", true);
    }

    String verdict() {
        return target.isEmpty() ? "" : reached ? "reached" : "**missed**";
    }

    /** Three significant digits, or two of what is tiny, and whole numbers as they are. */
    static String number(double value) {
        if (Double.isNaN(value)) {
            return "";
        }
        if (value != 0 && Math.abs(value) < TINY) {
            return String.format(Locale.ROOT, "%.1e", value);
        }
        int digits = value >= 100 || value == Math.rint(value) ? 0 : value >= 10 ? 1 : 2;
        return String.format(Locale.ROOT, "%,." + digits + "f", value);
    }
}
