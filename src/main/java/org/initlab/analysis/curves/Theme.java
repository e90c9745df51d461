package org.initlab.analysis.curves;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.awt.Color;

/** Colours for a light or a dark page. */
public enum Theme {
    @JsonProperty("light")
    LIGHT(0xFFFFFF, 0x1F2328, 0xD8DEE4, 0x59636E),
    @JsonProperty("dark")
    DARK(0x0D1117, 0xE6EDF3, 0x30363D, 0x9198A1);

    private final Color background;
    private final Color text;
    private final Color grid;
    private final Color muted;

    Theme(int background, int text, int grid, int muted) {
        this.background = new Color(background);
        this.text = new Color(text);
        this.grid = new Color(grid);
        this.muted = new Color(muted);
    }

    Color background() {
        return background;
    }

    Color text() {
        return text;
    }

    Color grid() {
        return grid;
    }

    /** For what is secondary: axes and the constant predictor. */
    Color muted() {
        return muted;
    }
}
