package org.initlab.analysis.maps;

import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import org.initlab.analysis.picture.Texts;
import org.initlab.analysis.picture.Theme;

/** Lays a map out: the title, the cells or the line, and the legend. */
final class MapPainter {
    private static final int BORDER = 12;
    private static final int GAP = 8;

    private final MapPicture map;
    private final Theme theme;

    MapPainter(MapPicture map, Theme theme) {
        this.map = map;
        this.theme = theme;
    }

    void paint(Graphics2D g2, int width, int height) {
        Texts.prepare(g2, theme, width, height);
        double top = BORDER + titles(g2, width) + GAP;
        Rectangle2D below = new Rectangle2D.Double(BORDER, top, width - 2.0 * BORDER, height - top - BORDER);
        double legend = new MapLegend(map, theme).draw(g2, below);
        below.setRect(below.getX(), top, below.getWidth(), below.getHeight() - legend - GAP);
        if (map.axes().size() == 1) {
            new LineMap(map, theme).draw(g2, below);
        } else {
            new CellMaps(map, theme).draw(g2, below);
        }
    }

    private double titles(Graphics2D g2, int width) {
        g2.setFont(Texts.TITLE);
        g2.setPaint(theme.text());
        FontMetrics title = g2.getFontMetrics();
        double room = width - 2.0 * BORDER;
        Texts.centred(g2, Texts.fitted(map.title(), title, room), width / 2.0, BORDER + title.getAscent());
        g2.setFont(Texts.PLAIN);
        g2.setPaint(theme.muted());
        FontMetrics plain = g2.getFontMetrics();
        double baseline = BORDER + title.getHeight() + plain.getAscent();
        Texts.centred(g2, Texts.fitted(map.subtitle(), plain, room), width / 2.0, baseline);
        return title.getHeight() + plain.getHeight();
    }
}
