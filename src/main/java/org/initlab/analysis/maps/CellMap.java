package org.initlab.analysis.maps;

import java.awt.Color;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.geom.Rectangle2D;
import java.util.List;
import org.initlab.analysis.picture.Texts;
import org.initlab.analysis.picture.Theme;
import org.jspecify.annotations.Nullable;

/** One map of cells: the first axis from left to right, the second from the bottom up. */
final class CellMap {
    /** About what the labels take. */
    static final double ROOM_LEFT = 70;

    static final double ROOM_BELOW = 60;

    private static final double WIDEST = 150;
    private static final double HIGHEST = 90;
    private static final double TITLE = 20;
    private static final double PAD = 6;
    private static final double BETWEEN = 2;
    private static final double LOW = 36;
    private static final double SMALLEST = 14;
    private static final int MOST_LINES = 3;
    private static final double STEEP = Math.toRadians(35);

    private final MapPicture map;
    private final List<MapCell> cells;
    private final Theme theme;
    private final MapAxis across;
    private final MapAxis up;
    private double edge;
    private double left;
    private double bottom;
    private double width;
    private double height;

    CellMap(MapPicture map, List<MapCell> cells, Theme theme) {
        this.map = map;
        this.cells = cells;
        this.theme = theme;
        across = map.axes().get(0);
        up = map.axes().get(1);
    }

    void draw(Graphics2D g2, Rectangle2D area) {
        g2.setFont(Texts.PLAIN);
        FontMetrics metrics = g2.getFontMetrics();
        double labels = Math.min(widest(up, metrics), area.getWidth() / 3);
        double roomLeft = TITLE + labels + PAD;
        width = Math.min(WIDEST, Math.max(1, (area.getWidth() - roomLeft) / across.size()));
        List<List<String>> wrapped = across.texts().stream()
                .map(text -> Texts.wrapped(text, metrics, width - BETWEEN))
                .toList();
        int lines = wrapped.stream().mapToInt(List::size).max().orElse(1);
        boolean steep = lines > MOST_LINES
                || wrapped.stream().flatMap(List::stream).anyMatch(line -> metrics.stringWidth(line) > width - BETWEEN);
        double below = steep
                ? Math.min(area.getHeight() / 3, widest(across, metrics) * Math.sin(STEEP) + metrics.getHeight())
                : lines * metrics.getHeight();
        double roomBelow = below + TITLE + PAD;
        height = Math.min(HIGHEST, Math.max(1, (area.getHeight() - roomBelow) / up.size()));
        double spare = area.getWidth() - roomLeft - width * across.size();
        edge = area.getX();
        left = edge + spare / 2 + roomLeft;
        bottom = area.getY() + (area.getHeight() - roomBelow + height * up.size()) / 2;
        cells.forEach(cell -> cell(g2, cell));
        labelsLeft(g2, labels);
        labelsBelow(g2, steep ? null : wrapped, below);
    }

    double middle() {
        return left + width * across.size() / 2;
    }

    private static double widest(MapAxis axis, FontMetrics metrics) {
        return axis.texts().stream().mapToDouble(metrics::stringWidth).max().orElse(0);
    }

    private void labelsLeft(Graphics2D g2, double room) {
        g2.setFont(Texts.PLAIN);
        g2.setPaint(theme.text());
        FontMetrics metrics = g2.getFontMetrics();
        int every = (int) Math.ceil(metrics.getAscent() / height);
        for (int value = 0; value < up.size(); value += every) {
            List<String> lines = linesLeft(up.texts().get(value), metrics, room);
            double middle = bottom - (value + 0.5) * height + metrics.getAscent() / 2.0 - 1;
            double y = middle - (lines.size() - 1) * metrics.getHeight() / 2.0;
            for (String line : lines) {
                g2.drawString(line, (float) (left - PAD - metrics.stringWidth(line)), (float) y);
                y += metrics.getHeight();
            }
        }
        g2.setFont(Texts.HEADING);
        AffineTransform upright = g2.getTransform();
        g2.translate(left - PAD - room - TITLE + metrics.getAscent() - 2, bottom - height * up.size() / 2);
        g2.rotate(-Math.PI / 2);
        Texts.centred(g2, Texts.fitted(up.title(), g2.getFontMetrics(), height * up.size() + room), 0, 0);
        g2.setTransform(upright);
    }

    /** As many lines as fit beside a cell; what does not fit is cut. */
    private List<String> linesLeft(String text, FontMetrics metrics, double room) {
        List<String> lines = Texts.wrapped(text, metrics, room);
        boolean fits = lines.size() * metrics.getHeight() <= height;
        return (fits ? lines : List.of(text))
                .stream().map(line -> Texts.fitted(line, metrics, room)).toList();
    }

    /** In lines, or steeply where there are none that fit. */
    private void labelsBelow(Graphics2D g2, @Nullable List<List<String>> lines, double room) {
        g2.setFont(Texts.PLAIN);
        g2.setPaint(theme.text());
        FontMetrics metrics = g2.getFontMetrics();
        for (int value = 0; value < across.size(); value++) {
            double x = left + (value + 0.5) * width;
            if (lines == null) {
                double length =
                        Math.min((room - metrics.getHeight() / 2.0) / Math.sin(STEEP), (x - edge) / Math.cos(STEEP));
                String text = Texts.fitted(across.texts().get(value), metrics, length);
                AffineTransform upright = g2.getTransform();
                g2.translate(x + metrics.getAscent() / 2.0, bottom + PAD + metrics.getAscent() / 2.0);
                g2.rotate(-STEEP);
                g2.drawString(text, -metrics.stringWidth(text), 0);
                g2.setTransform(upright);
            } else {
                double y = bottom + PAD + metrics.getAscent();
                for (String line : lines.get(value)) {
                    Texts.centred(g2, line, x, y);
                    y += metrics.getHeight();
                }
            }
        }
        g2.setFont(Texts.HEADING);
        Texts.centred(g2, across.title(), middle(), bottom + PAD + room + metrics.getAscent() + 2);
    }

    private void cell(Graphics2D g2, MapCell cell) {
        Rectangle2D area = new Rectangle2D.Double(
                left + cell.indexes().get(0) * width + BETWEEN / 2,
                bottom - (cell.indexes().get(1) + 1) * height + BETWEEN / 2,
                Math.max(1, width - BETWEEN),
                Math.max(1, height - BETWEEN));
        if (!cell.isKnown()) {
            unknown(g2, cell, area);
            return;
        }
        Color colour = new MapColours(theme).of(map.criterion().better() * cell.mean() / map.reach());
        g2.setPaint(colour);
        g2.fill(area);
        g2.setPaint(MapColours.on(colour));
        boolean high = area.getHeight() >= LOW;
        if (Math.min(area.getHeight(), area.getWidth()) >= SMALLEST && cell.verdict() != null) {
            Mark mark = Mark.of(cell.verdict());
            mark.draw(g2, area.getCenterX(), area.getCenterY() - (high ? 9 : 0), !mark.isClaim() || cell.significant());
        }
        if (high) {
            text(g2, Ticks.signed(cell.mean()), area, 16);
        }
    }

    /** Nothing to show yet, or nothing at all. */
    private void unknown(Graphics2D g2, MapCell cell, Rectangle2D area) {
        Hatching.fill(g2, area, theme);
        g2.setPaint(theme.muted());
        text(g2, cell.isOpen() ? Math.round(100 * cell.fraction()) + " %" : "none", area, 4);
    }

    private static void text(Graphics2D g2, String text, Rectangle2D area, double down) {
        g2.setFont(Texts.PLAIN);
        if (g2.getFontMetrics().stringWidth(text) <= area.getWidth() - 2 && area.getHeight() >= SMALLEST) {
            Texts.centred(g2, text, area.getCenterX(), area.getCenterY() + down);
        }
    }
}
