package org.initlab.analysis.maps;

import java.awt.Graphics2D;
import java.util.List;
import org.initlab.analysis.Criterion;
import org.initlab.analysis.picture.Drawing;
import org.initlab.analysis.picture.Texts;
import org.initlab.analysis.picture.Theme;

/**
 * A map to be drawn: one axis as a line with its intervals, two as coloured cells, three as several maps of two.
 *
 * @param title the study's name
 * @param subtitle what is compared, and when
 * @param criterion what the differences are in
 * @param axes one to three
 * @param cells one for each combination of the axes' values
 */
public record MapPicture(String title, String subtitle, Criterion criterion, List<MapAxis> axes, List<MapCell> cells)
        implements Drawing {

    public MapPicture {
        title = Texts.printable(title);
        subtitle = Texts.printable(subtitle);
    }

    @Override
    public void paint(Graphics2D g2, Theme theme, int width, int height) {
        new MapPainter(this, theme).paint(g2, width, height);
    }

    /** The largest distance from 0 that its colours tell. */
    double reach() {
        return Ticks.above(cells.stream()
                .filter(MapCell::isKnown)
                .mapToDouble(cell -> Math.abs(cell.mean()))
                .max()
                .orElse(0));
    }
}
