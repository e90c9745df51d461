package org.initlab.analysis.curves;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Shape;
import java.awt.Stroke;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import org.initlab.analysis.picture.Theme;

/**
 * How arms are told apart: by colour, and in greyscale by marker and dash; eight of each. The colours are those of
 * Okabe and Ito (2008), which colour-blind people can tell apart, with a few made darker or lighter to show up on the
 * theme's background.
 */
final class ArmStyle {
    private static final float WIDTH = 2;
    private static final int FAINT = 110;
    private static final int[] ON_LIGHT = {
        0x0072B2, 0xD55E00, 0x009E73, 0xCC79A7, 0xE69F00, 0x56B4E9, 0x000000, 0xB5A900
    };
    private static final int[] ON_DARK = {0x3D9BD9, 0xE8722A, 0x1DBF91, 0xCC79A7, 0xE69F00, 0x8CCBF0, 0xFFFFFF, 0xF0E442
    };
    private static final List<float[]> DASHES = List.of(
            new float[0],
            new float[] {7, 4},
            new float[] {2, 3},
            new float[] {9, 3, 2, 3},
            new float[] {12, 4},
            new float[] {4, 2},
            new float[] {9, 3, 2, 3, 2, 3},
            new float[] {1, 4});
    private static final List<Shape> MARKERS = List.of(
            new Ellipse2D.Double(-3.5, -3.5, 7, 7),
            polygon(-4, 3.5, 4, 3.5, 0, -4),
            new Rectangle2D.Double(-3.2, -3.2, 6.4, 6.4),
            polygon(0, -4.6, 4.6, 0, 0, 4.6, -4.6, 0),
            polygon(-4, -3.5, 4, -3.5, 0, 4),
            plus(0),
            plus(Math.PI / 4),
            polygon(-4.5, -2, 4.5, -2, 4.5, 2, -4.5, 2));

    private ArmStyle() {}

    static Color colour(int arm, Theme theme) {
        int[] colours = theme == Theme.DARK ? ON_DARK : ON_LIGHT;
        return new Color(colours[arm % colours.length]);
    }

    /** The arm's colour, for what is drawn behind the arm's own line. */
    static Color faint(int arm, Theme theme) {
        Color own = colour(arm, theme);
        return new Color(own.getRed(), own.getGreen(), own.getBlue(), FAINT);
    }

    static Stroke stroke(int arm) {
        return stroke(WIDTH, DASHES.get(arm % DASHES.size()));
    }

    /** Thin and never dashed: it is faint already. */
    static Stroke published() {
        return stroke(WIDTH / 2, new float[0]);
    }

    static Stroke constant() {
        return stroke(1.2f, new float[] {3, 3});
    }

    static Shape marker(int arm) {
        return MARKERS.get(arm % MARKERS.size());
    }

    private static Stroke stroke(float width, float[] dash) {
        return dash.length == 0
                ? new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND)
                : new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, dash, 0);
    }

    private static Shape polygon(double... coordinates) {
        Path2D path = new Path2D.Double();
        path.moveTo(coordinates[0], coordinates[1]);
        for (int i = 2; i < coordinates.length; i += 2) {
            path.lineTo(coordinates[i], coordinates[i + 1]);
        }
        path.closePath();
        return path;
    }

    private static Shape plus(double angle) {
        Shape upright = polygon(
                -1.2, -4.4, 1.2, -4.4, 1.2, -1.2, 4.4, -1.2, 4.4, 1.2, 1.2, 1.2, 1.2, 4.4, -1.2, 4.4, -1.2, 1.2, -4.4,
                1.2, -4.4, -1.2, -1.2, -1.2);
        return AffineTransform.getRotateInstance(angle).createTransformedShape(upright);
    }
}
