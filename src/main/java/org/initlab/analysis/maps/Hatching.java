package org.initlab.analysis.maps;

import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import org.initlab.analysis.picture.Theme;

/** What stands for a cell that is not finished. */
final class Hatching {
    private static final double APART = 6;

    private Hatching() {}

    static void fill(Graphics2D g2, Rectangle2D area, Theme theme) {
        Shape clip = g2.getClip();
        g2.clip(area);
        g2.setPaint(theme.grid());
        g2.setStroke(new BasicStroke(1));
        for (double x = area.getMinX() - area.getHeight(); x < area.getMaxX(); x += APART) {
            g2.draw(new Line2D.Double(x, area.getMaxY(), x + area.getHeight(), area.getMinY()));
        }
        g2.setClip(clip);
        g2.draw(area);
    }
}
