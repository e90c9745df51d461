package org.initlab.analysis.curves;

import java.awt.Graphics2D;
import java.util.List;
import org.initlab.analysis.picture.Drawing;
import org.initlab.analysis.picture.Texts;
import org.initlab.analysis.picture.Theme;

/**
 * What to draw.
 *
 * @param title the experiment's name
 * @param panels at least one, with the same arms
 */
public record Picture(String title, List<Panel> panels) implements Drawing {
    public Picture {
        title = Texts.printable(title);
    }

    boolean isEmpty() {
        return panels.stream().allMatch(Panel::isEmpty);
    }

    @Override
    public void paint(Graphics2D g2, Theme theme, int width, int height) {
        new PicturePainter(this, theme).paint(g2, width, height);
    }
}
