package org.initlab.analysis.curves;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.Stroke;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import org.initlab.analysis.picture.Texts;
import org.initlab.analysis.picture.Theme;
import org.jfree.chart.LegendItem;
import org.jfree.chart.LegendItemCollection;
import org.jfree.chart.block.BlockBorder;
import org.jfree.chart.block.RectangleConstraint;
import org.jfree.chart.title.LegendTitle;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.Range;

/** What the lines mean: one legend for all panels, as they have the same arms. */
final class Legend {
    private static final Shape SAMPLE = new Line2D.Double(-14, 0, 14, 0);
    private static final Shape BAND = new Rectangle2D.Double(-14, -5, 28, 10);
    private static final Shape NO_MARKER = new Rectangle2D.Double();

    private final LegendTitle title;

    Legend(Picture picture, Theme theme) {
        Panel panel = picture.panels().get(0);
        LegendItemCollection items = new LegendItemCollection();
        for (Line line : panel.lines()) {
            items.add(item(
                    line.arm(),
                    ArmStyle.marker(line.index()),
                    ArmStyle.stroke(line.index()),
                    ArmStyle.colour(line.index(), theme)));
        }
        if (picture.panels().stream().anyMatch(Panel::isBanded)) {
            items.add(new LegendItem("95 % interval of the mean", null, null, null, BAND, theme.grid()));
        }
        if (panel.constant() != null) {
            items.add(item("constant predictor", NO_MARKER, ArmStyle.constant(), theme.muted()));
        }
        if (!panel.published().isEmpty()) {
            items.add(item("published (thin)", NO_MARKER, ArmStyle.published(), theme.muted()));
        }
        title = new LegendTitle(() -> items);
        title.setItemFont(Texts.PLAIN);
        title.setItemPaint(theme.text());
        title.setBackgroundPaint(null);
        title.setFrame(BlockBorder.NONE);
        title.setItemLabelPadding(new RectangleInsets(1, 3, 1, 12));
    }

    private static LegendItem item(String label, Shape marker, Stroke stroke, Color colour) {
        return new LegendItem(
                label, null, null, null, true, marker, true, colour, false, colour, stroke, true, SAMPLE, stroke,
                colour);
    }

    /** Draws it at the bottom of an area; returns its height. */
    double draw(Graphics2D g2, Rectangle2D area) {
        RectangleConstraint fits =
                new RectangleConstraint(new Range(0, area.getWidth()), new Range(0, area.getHeight()));
        double height = title.arrange(g2, fits).height;
        title.draw(g2, new Rectangle2D.Double(area.getX(), area.getMaxY() - height, area.getWidth(), height));
        return height;
    }
}
