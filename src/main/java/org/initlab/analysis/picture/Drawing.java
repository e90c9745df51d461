package org.initlab.analysis.picture;

import java.awt.Graphics2D;

/** Something that can be drawn at any size. */
public interface Drawing {
    /** What it shows, for those who cannot see it. */
    String title();

    /**
     * Draws it.
     *
     * @param width in pixels
     * @param height in pixels
     */
    void paint(Graphics2D g2, Theme theme, int width, int height);
}
