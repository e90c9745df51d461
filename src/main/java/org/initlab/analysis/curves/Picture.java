package org.initlab.analysis.curves;

import java.util.List;

/**
 * What to draw.
 *
 * @param title the experiment's name
 * @param panels at least one, with the same arms
 */
public record Picture(String title, List<Panel> panels) {
    /** Control characters do not belong in a line of text, and XML cannot contain most of them. */
    private static final String UNPRINTABLE = "[\\p{Cntrl}\\p{Cs}\\x{FFFE}\\x{FFFF}]";

    public Picture {
        title = title.replaceAll(UNPRINTABLE, " ");
    }

    boolean isEmpty() {
        return panels.stream().allMatch(Panel::isEmpty);
    }
}
