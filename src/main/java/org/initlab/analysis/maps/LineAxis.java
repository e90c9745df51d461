package org.initlab.analysis.maps;

import java.awt.BasicStroke;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.initlab.analysis.picture.Texts;
import org.initlab.analysis.picture.Theme;

/** The axis below a line: where each value lies, its tick and its text. */
final class LineAxis {
    private static final double SIDE = 30;
    private static final double BETWEEN = 4;
    private static final double TICK = 4;
    private static final double TITLE = 24;
    private static final int MOST_LINES = 3;
    private static final Pattern NUMBER = Pattern.compile("[-+.\\de]+");

    private final MapAxis axis;
    private final Theme theme;
    private final FontMetrics metrics;
    private final double left;
    private final double width;
    private final double side;
    private final List<List<String>> texts;

    LineAxis(MapAxis axis, Theme theme, FontMetrics metrics, double left, double width) {
        this.axis = axis;
        this.theme = theme;
        this.metrics = metrics;
        this.left = left;
        this.width = width;
        double widest = axis.texts().stream()
                .flatMap(text -> Arrays.stream(text.split(" ")))
                .mapToDouble(metrics::stringWidth)
                .max()
                .orElse(0);
        side = Math.max(SIDE, Math.min(width / (2 * axis.size()), widest / 2));
        double apart = axis.size() == 1 ? width : (width - 2 * side) / (axis.size() - 1);
        double room = Math.min(apart - BETWEEN, 2 * side);
        texts = axis.texts().stream().map(text -> lines(text, room)).toList();
    }

    /** Words are broken and cut; half a number would be another one. */
    private List<String> lines(String text, double room) {
        return NUMBER.matcher(text).matches()
                ? List.of(text)
                : Texts.wrapped(text, metrics, room).stream()
                        .limit(MOST_LINES)
                        .map(line -> Texts.fitted(line, metrics, room))
                        .toList();
    }

    double x(int value) {
        double first = Arrays.stream(axis.places()).min().orElse(0);
        double last = Arrays.stream(axis.places()).max().orElse(0);
        double share = last == first ? 0.5 : (axis.places()[value] - first) / (last - first);
        return left + side + share * (width - 2 * side);
    }

    double height() {
        int lines = texts.stream().mapToInt(List::size).max().orElse(1);
        return TICK + 2 + lines * metrics.getHeight() + TITLE;
    }

    void draw(Graphics2D g2, double top) {
        g2.setStroke(new BasicStroke(1));
        double free = Double.NEGATIVE_INFINITY;
        for (int value : leftToRight()) {
            g2.setPaint(theme.muted());
            g2.draw(new Line2D.Double(x(value), top, x(value), top + TICK));
            double half = texts.get(value).stream()
                            .mapToDouble(metrics::stringWidth)
                            .max()
                            .orElse(0)
                    / 2;
            if (x(value) - half >= free) {
                free = x(value) + half + BETWEEN;
                text(g2, value, top + TICK + 2 + metrics.getAscent());
            }
        }
        g2.setPaint(theme.text());
        g2.setFont(Texts.HEADING);
        Texts.centred(g2, axis.title(), left + width / 2, top + height() - 6);
        g2.setFont(Texts.PLAIN);
    }

    private List<Integer> leftToRight() {
        return IntStream.range(0, axis.size())
                .boxed()
                .sorted(Comparator.comparingDouble(this::x))
                .toList();
    }

    private void text(Graphics2D g2, int value, double top) {
        g2.setPaint(theme.text());
        double y = top;
        for (String line : texts.get(value)) {
            Texts.centred(g2, line, x(value), y);
            y += metrics.getHeight();
        }
    }
}
