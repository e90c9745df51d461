package org.initlab.analysis.maps;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Round numbers. */
final class Ticks {
    private static final double[] STEPS = {1, 2, 2.5, 5, 10};
    private static final double[] ENDS = {1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10};
    private static final int DIGITS = 2;

    private Ticks() {}

    /** The round number at or above a positive one; 1 for 0. */
    static double above(double value) {
        return value == 0 ? 1 : rounded(value, ENDS);
    }

    /** About {@code count} round numbers of a range. */
    static List<Double> of(double low, double high, int count) {
        double step = rounded((high - low) / Math.max(1, count), STEPS);
        List<Double> ticks = new ArrayList<>();
        for (long i = (long) Math.ceil(low / step - 1e-9); i * step <= high + 1e-9 * step; i++) {
            ticks.add(i * step);
        }
        return ticks;
    }

    private static double rounded(double value, double[] mantissas) {
        double decade = Math.pow(10, Math.floor(Math.log10(value)));
        for (double step : mantissas) {
            if (step * decade >= value * (1 - 1e-9)) {
                return step * decade;
            }
        }
        return 10 * decade;
    }

    /** With its sign, so that it can be read without colour, and to two digits. */
    static String signed(double value) {
        return text(value, new BigDecimal(value).round(new MathContext(DIGITS)));
    }

    /** A round number with its sign. */
    static String tick(double value) {
        return text(
                value, new BigDecimal(value).round(new MathContext(DIGITS + 1)).stripTrailingZeros());
    }

    private static String text(double value, BigDecimal rounded) {
        if (value == 0) {
            return "0";
        }
        double size = Math.abs(value);
        String text = size < 1e-4 || size >= 1e6 ? String.format(Locale.ROOT, "%.0e", value) : rounded.toPlainString();
        return (value > 0 ? "+" : "") + text.replace('-', '−');
    }
}
