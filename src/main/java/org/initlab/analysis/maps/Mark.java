package org.initlab.analysis.maps;

import java.awt.BasicStroke;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import org.initlab.analysis.Verdict;
import org.jspecify.annotations.Nullable;

/** What stands for a verdict beside its colour: a shape, a sign, or both. */
enum Mark {
    BETTER("better", ""),
    WORSE("worse", ""),
    NO_DIFFERENCE("no difference that matters", "="),
    HEAD_START_ONLY("head start only", "="),
    HEAD_START("head start, then unknown", "?"),
    INCONCLUSIVE("cannot tell", "?"),
    TOO_FEW_TRIALS("too few trials", "…"),
    STILL_RUNNING("not finished", "");

    private static final Font SIGN = new Font(Font.SANS_SERIF, Font.BOLD, 14);
    private static final float WIDTH = 1.4f;
    /** Of a shape and a sign side by side from their middle. */
    private static final double APART = 6;

    private static final double HALF_LETTER = 5;

    private final String words;
    private final String sign;

    Mark(String words, String sign) {
        this.words = words;
        this.sign = sign;
    }

    static Mark of(Verdict.Code verdict) {
        return valueOf(verdict.name());
    }

    String words() {
        return words;
    }

    /** Whether it says that there is a difference, which may be chance among so many points: then it is hollow. */
    boolean isClaim() {
        return this == BETTER || this == WORSE;
    }

    /** Draws it about a place in the current paint. */
    void draw(Graphics2D g2, double x, double y, boolean filled) {
        Shape shape = shape();
        double apart = shape != null && !sign.isEmpty() ? APART : 0;
        if (shape != null) {
            Shape placed = AffineTransform.getTranslateInstance(x - apart, y).createTransformedShape(shape);
            g2.setStroke(new BasicStroke(WIDTH, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
            if (filled) {
                g2.fill(placed);
            }
            g2.draw(placed);
        }
        if (!sign.isEmpty()) {
            g2.setFont(SIGN);
            double half = g2.getFontMetrics().stringWidth(sign) / 2.0;
            g2.drawString(sign, (float) (x + apart - half), (float) (y + HALF_LETTER));
        }
    }

    /** {@code null} where there is only a sign. */
    private @Nullable Shape shape() {
        return switch (this) {
            case BETTER -> triangle(-5, 3.6, 5, 3.6, 0, -4.6);
            case WORSE -> triangle(-5, -3.6, 5, -3.6, 0, 4.6);
            case HEAD_START, HEAD_START_ONLY -> triangle(-3.4, -4.4, -3.4, 4.4, 4, 0);
            case NO_DIFFERENCE, INCONCLUSIVE, TOO_FEW_TRIALS, STILL_RUNNING -> null;
        };
    }

    private static Shape triangle(double x1, double y1, double x2, double y2, double x3, double y3) {
        Path2D path = new Path2D.Double();
        path.moveTo(x1, y1);
        path.lineTo(x2, y2);
        path.lineTo(x3, y3);
        path.closePath();
        return path;
    }
}
