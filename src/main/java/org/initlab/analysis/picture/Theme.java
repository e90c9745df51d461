package org.initlab.analysis.picture;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.awt.Color;

/** Colours for a light or a dark page. */
public enum Theme {
    @JsonProperty("light")
    LIGHT(0xFFFFFF, 0x1F2328, 0xD8DEE4, 0x59636E, 0x0072B2),
    @JsonProperty("dark")
    DARK(0x0D1117, 0xE6EDF3, 0x30363D, 0x9198A1, 0x3D9BD9);

    private final Color background;
    private final Color text;
    private final Color grid;
    private final Color muted;
    private final Color accent;

    Theme(int background, int text, int grid, int muted, int accent) {
        this.background = new Color(background);
        this.text = new Color(text);
        this.grid = new Color(grid);
        this.muted = new Color(muted);
        this.accent = new Color(accent);
    }

    public Color background() {
        return background;
    }

    public Color text() {
        return text;
    }

    public Color grid() {
        return grid;
    }

    /** For what is secondary: axes and the constant predictor. */
    public Color muted() {
        return muted;
    }

    /** For a line that is the only one. */
    public Color accent() {
        return accent;
    }
}
