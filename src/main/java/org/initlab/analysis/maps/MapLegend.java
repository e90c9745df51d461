package org.initlab.analysis.maps;

import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.initlab.analysis.picture.Texts;
import org.initlab.analysis.picture.Theme;
import org.jspecify.annotations.Nullable;

/** What the colours and the marks mean. */
final class MapLegend {
    private static final double BAR = 12;
    private static final double WIDEST_BAR = 380;
    private static final double SHARE_OF_WIDTH = 0.6;
    private static final double ROW = 22;
    private static final double MARK = 26;
    private static final double BETWEEN = 18;
    private static final int TICKS = 4;

    private final MapPicture map;
    private final Theme theme;

    MapLegend(MapPicture map, Theme theme) {
        this.map = map;
        this.theme = theme;
    }

    /** An entry: a mark and what it means. */
    private record Entry(@Nullable Mark mark, boolean filled, String words) {
        double width(FontMetrics metrics) {
            return (mark == null ? 0 : MARK) + metrics.stringWidth(words) + BETWEEN;
        }
    }

    /** Draws it at the bottom of an area; returns its height. */
    double draw(Graphics2D g2, Rectangle2D area) {
        g2.setFont(Texts.PLAIN);
        FontMetrics metrics = g2.getFontMetrics();
        List<List<Entry>> rows = rows(metrics, area.getWidth());
        double scale = map.axes().size() == 1 ? 0 : BAR + metrics.getHeight() + BETWEEN / 2;
        if (rows.size() * ROW > area.getHeight() / 3) {
            // a picture this small has room for the map or for the words
            rows = List.of();
        }
        double height = scale + rows.size() * ROW;
        double y = area.getMaxY() - height;
        if (scale > 0) {
            scale(g2, area, y);
        }
        y += scale;
        for (List<Entry> row : rows) {
            row(g2, row, area.getCenterX(), y + ROW / 2);
            y += ROW;
        }
        return height;
    }

    private List<List<Entry>> rows(FontMetrics metrics, double width) {
        List<List<Entry>> rows = new ArrayList<>();
        double left = 0;
        for (Entry entry : entries()) {
            if (rows.isEmpty() || entry.width(metrics) > left) {
                rows.add(new ArrayList<>());
                left = width;
            }
            rows.get(rows.size() - 1).add(entry);
            left -= entry.width(metrics);
        }
        return rows;
    }

    /** Only what the map has. */
    private List<Entry> entries() {
        Set<Entry> entries = new LinkedHashSet<>();
        for (Mark mark : Mark.values()) {
            List<MapCell> cells = map.cells().stream()
                    .filter(cell -> cell.verdict() != null && Mark.of(cell.verdict()) == mark)
                    .toList();
            boolean hollow = mark.isClaim();
            Stream.of(true, false)
                    .filter(filled -> cells.stream().anyMatch(cell -> filled == (!hollow || cell.significant())))
                    .map(filled -> new Entry(
                            mark,
                            filled,
                            filled ? mark.words() : mark.words() + ", but may be chance among so many points"))
                    .forEach(entries::add);
        }
        if (map.axes().size() == 1) {
            entries.add(new Entry(null, true, "dashed: the margin · band: 95 % interval"));
        }
        return List.copyOf(entries);
    }

    private void row(Graphics2D g2, List<Entry> entries, double middle, double y) {
        g2.setFont(Texts.PLAIN);
        FontMetrics metrics = g2.getFontMetrics();
        double x = middle
                - (entries.stream().mapToDouble(entry -> entry.width(metrics)).sum() - BETWEEN) / 2;
        for (Entry entry : entries) {
            g2.setPaint(theme.text());
            if (entry.mark() == Mark.STILL_RUNNING) {
                Hatching.fill(g2, new Rectangle2D.Double(x, y - 7, MARK - 8, 14), theme);
            } else if (entry.mark() != null) {
                entry.mark().draw(g2, x + (MARK - 6) / 2, y, entry.filled());
            }
            g2.setFont(Texts.PLAIN);
            g2.setPaint(theme.text());
            g2.drawString(entry.words(), (float) (x + (entry.mark() == null ? 0 : MARK)), (float)
                    (y + metrics.getAscent() / 2.0 - 1));
            x += entry.width(metrics);
        }
    }

    private void scale(Graphics2D g2, Rectangle2D area, double top) {
        double width = Math.min(WIDEST_BAR, SHARE_OF_WIDTH * area.getWidth());
        double left = area.getCenterX() - width / 2;
        MapColours colours = new MapColours(theme);
        int better = map.criterion().better();
        for (int column = 0; column < width; column++) {
            double place = 2 * (column + 0.5) / width - 1;
            g2.setPaint(colours.of(better * place));
            g2.fill(new Rectangle2D.Double(left + column, top, 1.5, BAR));
        }
        g2.setFont(Texts.PLAIN);
        FontMetrics metrics = g2.getFontMetrics();
        g2.setPaint(theme.text());
        double reach = map.reach();
        for (double tick : Ticks.of(-reach, reach, TICKS)) {
            double x = left + (tick / reach + 1) / 2 * width;
            Texts.centred(g2, Ticks.tick(tick), x, top + BAR + metrics.getAscent() + 2);
        }
        double baseline = top + BAR - 1.5;
        String low = better < 0 ? "better" : "worse";
        g2.drawString(low, (float) (left - metrics.stringWidth(low) - 8), (float) baseline);
        g2.drawString(better < 0 ? "worse" : "better", (float) (left + width + 8), (float) baseline);
    }
}
