package org.initlab.analysis.picture;

import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;

/** The texts of pictures. */
public final class Texts {
    public static final Font PLAIN = new Font(Font.SANS_SERIF, Font.PLAIN, 12);
    public static final Font HEADING = new Font(Font.SANS_SERIF, Font.BOLD, 13);
    public static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 15);

    private static final String ELLIPSIS = "…";
    /** Control characters do not belong in a line of text, and XML cannot contain most of them. */
    private static final String UNPRINTABLE = "[\\p{Cntrl}\\p{Cs}\\x{FFFE}\\x{FFFF}]";

    private Texts() {}

    /** Fills the background, and makes shapes and letters smooth. */
    public static void prepare(Graphics2D g2, Theme theme, int width, int height) {
        g2.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g2.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        g2.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        g2.setPaint(theme.background());
        g2.fill(new Rectangle2D.Double(0, 0, width, height));
    }

    /** A text that a picture can contain. */
    public static String printable(String text) {
        return text.replaceAll(UNPRINTABLE, " ");
    }

    /** As much of a text as fits a width. */
    public static String fitted(String text, FontMetrics metrics, double width) {
        String fitting = text;
        int characters = text.codePointCount(0, text.length());
        while (metrics.stringWidth(fitting) > width && characters > 0) {
            fitting = text.substring(0, text.offsetByCodePoints(0, --characters)) + ELLIPSIS;
        }
        return fitting;
    }

    /** A text in lines, broken at its spaces where it is wider than a width. */
    public static List<String> wrapped(String text, FontMetrics metrics, double width) {
        List<String> lines = new ArrayList<>();
        for (String word : text.split(" ", -1)) {
            int last = lines.size() - 1;
            if (last >= 0 && metrics.stringWidth(lines.get(last) + " " + word) <= width) {
                lines.set(last, lines.get(last) + " " + word);
            } else {
                lines.add(word);
            }
        }
        return lines;
    }

    /** Draws a text centred about a place; {@code y} is its baseline. */
    public static void centred(Graphics2D g2, String text, double x, double y) {
        g2.drawString(text, (float) (x - g2.getFontMetrics().stringWidth(text) / 2.0), (float) y);
    }
}
