package org.initlab.analysis.curves;

import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import org.initlab.analysis.picture.Texts;
import org.initlab.analysis.picture.Theme;

/**
 * Lays a picture out: the title, the panels side by side or, if there is no room, in rows, and the legend.
 */
final class PicturePainter {
    private static final int BORDER = 10;
    private static final int NARROWEST_PANEL = 280;
    private static final int LOWEST_PANEL = 140;

    private final Picture picture;
    private final Theme theme;

    PicturePainter(Picture picture, Theme theme) {
        this.picture = picture;
        this.theme = theme;
    }

    void paint(Graphics2D g2, int width, int height) {
        Texts.prepare(g2, theme, width, height);
        double top = BORDER + title(g2, width);
        Rectangle2D below = new Rectangle2D.Double(BORDER, top, width - 2 * BORDER, height - top - BORDER);
        if (picture.isEmpty()) {
            notice(g2, below);
            return;
        }
        double legend = new Legend(picture, theme).draw(g2, below);
        below.setRect(below.getX(), top, below.getWidth(), below.getHeight() - legend);
        panels(g2, below);
    }

    private double title(Graphics2D g2, int width) {
        g2.setFont(Texts.TITLE);
        g2.setPaint(theme.text());
        FontMetrics metrics = g2.getFontMetrics();
        String title = Texts.fitted(picture.title(), metrics, width - 2 * BORDER);
        g2.drawString(title, (width - metrics.stringWidth(title)) / 2f, BORDER + metrics.getAscent());
        return metrics.getHeight();
    }

    private void notice(Graphics2D g2, Rectangle2D area) {
        g2.setFont(Texts.PLAIN);
        g2.setPaint(theme.muted());
        String notice = "No epoch is finished yet.";
        Texts.centred(g2, notice, area.getCenterX(), area.getCenterY());
    }

    private void panels(Graphics2D g2, Rectangle2D area) {
        int count = picture.panels().size();
        int columns = columns(count, area);
        double width = area.getWidth() / columns;
        double height = area.getHeight() / rows(count, columns);
        for (int i = 0; i < count; i++) {
            Panel panel = picture.panels().get(i);
            int column = i % columns;
            int row = i / columns;
            Rectangle2D place =
                    new Rectangle2D.Double(area.getX() + column * width, area.getY() + row * height, width, height);
            if (panel.isEmpty()) {
                notice(g2, place);
            } else {
                PanelPlot.chart(panel, theme).draw(g2, place);
            }
        }
    }

    /** As many as are wide enough, or more if their rows would be too low otherwise. */
    private static int columns(int count, Rectangle2D area) {
        int columns = (int) Math.max(1, Math.min(count, area.getWidth() / NARROWEST_PANEL));
        while (columns < count && area.getHeight() < rows(count, columns) * LOWEST_PANEL) {
            columns++;
        }
        return columns;
    }

    private static int rows(int count, int columns) {
        return (count + columns - 1) / columns;
    }
}
