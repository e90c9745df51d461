package org.initlab.analysis.maps;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.initlab.analysis.picture.Texts;
import org.initlab.analysis.picture.Theme;

/** A map of one axis: the mean differences as a line, their 95 % intervals as a band, and the margin about 0. */
final class LineMap {
    private static final double PAD = 8;
    private static final double ROOM = 0.12;
    private static final int TICKS = 6;
    private static final int BAND = 46;
    private static final double DOT = 3.5;
    private static final double MARK_ABOVE = 14;

    private final MapPicture map;
    private final Theme theme;
    private final MapAxis axis;
    private final List<MapCell> known;
    private Rectangle2D plot = new Rectangle2D.Double();
    private LineAxis below;
    private double low;
    private double high;

    LineMap(MapPicture map, Theme theme) {
        this.map = map;
        this.theme = theme;
        axis = map.axes().get(0);
        known = map.cells().stream()
                .filter(MapCell::isKnown)
                .sorted(Comparator.comparingDouble(this::place))
                .toList();
    }

    void draw(Graphics2D g2, Rectangle2D area) {
        range();
        g2.setFont(Texts.PLAIN);
        FontMetrics metrics = g2.getFontMetrics();
        List<Double> ticks = Ticks.of(low, high, TICKS);
        double labels = ticks.stream()
                .mapToDouble(tick -> metrics.stringWidth(Ticks.tick(tick)))
                .max()
                .orElse(0);
        double left = area.getX() + labels + PAD;
        double width = area.getWidth() - labels - PAD;
        below = new LineAxis(axis, theme, metrics, left, width);
        plot = new Rectangle2D.Double(left, area.getY(), width, Math.max(1, area.getHeight() - below.height()));
        grid(g2, ticks, metrics);
        margins(g2);
        below.draw(g2, plot.getMaxY());
        band(g2);
        points(g2);
        open(g2);
    }

    private void range() {
        double[] ends = map.cells().stream()
                .flatMap(cell -> known.contains(cell)
                        ? Arrays.asList(cell.mean(), cell.low(), cell.high()).stream()
                        : Arrays.<Double>asList(cell.margin(), negative(cell.margin())).stream())
                .filter(value -> value != null)
                .mapToDouble(Double::doubleValue)
                .toArray();
        double least = Math.min(0, Arrays.stream(ends).min().orElse(-1));
        double most = Math.max(0, Arrays.stream(ends).max().orElse(1));
        double room = ROOM * (most - least == 0 ? 1 : most - least);
        low = least - room;
        high = most + room;
    }

    private static Double negative(Double value) {
        return value == null ? null : (Double) (-value);
    }

    private double place(MapCell cell) {
        return axis.places()[cell.indexes().get(0)];
    }

    private double x(MapCell cell) {
        return below.x(cell.indexes().get(0));
    }

    private double y(double value) {
        return plot.getMaxY() - (value - low) / (high - low) * plot.getHeight();
    }

    private void grid(Graphics2D g2, List<Double> ticks, FontMetrics metrics) {
        for (double tick : ticks) {
            g2.setPaint(tick == 0 ? theme.muted() : theme.grid());
            g2.setStroke(new BasicStroke(tick == 0 ? 1.2f : 1));
            g2.draw(new Line2D.Double(plot.getMinX(), y(tick), plot.getMaxX(), y(tick)));
            g2.setPaint(theme.text());
            String text = Ticks.tick(tick);
            g2.drawString(text, (float) (plot.getX() - PAD - metrics.stringWidth(text)), (float)
                    (y(tick) + metrics.getAscent() / 2.0 - 1));
        }
        g2.setPaint(theme.muted());
        boolean lowIsBetter = map.criterion().better() < 0;
        g2.drawString(
                lowIsBetter ? "worse" : "better", (float) plot.getX() + 4, (float) plot.getY() + metrics.getAscent());
        g2.drawString(lowIsBetter ? "better" : "worse", (float) plot.getX() + 4, (float) plot.getMaxY() - 5);
    }

    /** Dashed, as it is not measured. */
    private void margins(Graphics2D g2) {
        g2.setPaint(theme.muted());
        g2.setStroke(new BasicStroke(1, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {4, 4}, 0));
        for (int sign : new int[] {-1, 1}) {
            Path2D line = new Path2D.Double();
            for (MapCell cell : known) {
                if (cell.margin() != null) {
                    double y = Math.max(plot.getMinY(), Math.min(plot.getMaxY(), y(sign * cell.margin())));
                    if (line.getCurrentPoint() == null) {
                        line.moveTo(x(cell), y);
                    } else {
                        line.lineTo(x(cell), y);
                    }
                }
            }
            if (line.getCurrentPoint() != null && known.size() == 1) {
                line.moveTo(plot.getMinX(), line.getCurrentPoint().getY());
                line.lineTo(plot.getMaxX(), line.getCurrentPoint().getY());
            }
            g2.draw(line);
        }
    }

    private void band(Graphics2D g2) {
        List<MapCell> banded = known.stream()
                .filter(cell -> cell.low() != null && cell.high() != null)
                .toList();
        if (banded.size() > 1) {
            Path2D band = new Path2D.Double();
            List<MapCell> back = new ArrayList<>(banded);
            Collections.reverse(back);
            band.moveTo(x(banded.get(0)), y(banded.get(0).high()));
            banded.forEach(cell -> band.lineTo(x(cell), y(cell.high())));
            back.forEach(cell -> band.lineTo(x(cell), y(cell.low())));
            band.closePath();
            Color colour = theme.accent();
            g2.setPaint(new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), BAND));
            g2.fill(band);
        }
    }

    private void points(Graphics2D g2) {
        g2.setPaint(theme.accent());
        g2.setStroke(new BasicStroke(2, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND));
        for (int i = 1; i < known.size(); i++) {
            g2.draw(new Line2D.Double(
                    x(known.get(i - 1)),
                    y(known.get(i - 1).mean()),
                    x(known.get(i)),
                    y(known.get(i).mean())));
        }
        for (MapCell cell : known) {
            double top = cell.high() == null ? y(cell.mean()) : y(cell.high());
            g2.setPaint(theme.accent());
            g2.setStroke(new BasicStroke(1.2f));
            if (cell.high() != null && cell.low() != null) {
                g2.draw(new Line2D.Double(x(cell), y(cell.low()), x(cell), y(cell.high())));
            }
            g2.fill(new Ellipse2D.Double(x(cell) - DOT, y(cell.mean()) - DOT, 2 * DOT, 2 * DOT));
            if (cell.verdict() != null) {
                Mark mark = Mark.of(cell.verdict());
                g2.setPaint(theme.text());
                mark.draw(g2, x(cell), top - MARK_ABOVE, !mark.isClaim() || cell.significant());
            }
        }
    }

    private void open(Graphics2D g2) {
        g2.setFont(Texts.PLAIN);
        for (MapCell cell : map.cells()) {
            if (!cell.isKnown()) {
                Hatching.fill(g2, new Rectangle2D.Double(x(cell) - 12, y(0) - 40, 24, 80), theme);
                g2.setPaint(theme.muted());
                Texts.centred(
                        g2, cell.isOpen() ? Math.round(100 * cell.fraction()) + " %" : "none", x(cell), y(0) - 44);
            }
        }
    }
}
