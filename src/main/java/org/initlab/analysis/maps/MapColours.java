package org.initlab.analysis.maps;

import java.awt.Color;
import org.initlab.analysis.picture.Theme;

/**
 * From blue, where the arm is better, by a neutral middle to orange, where it is worse: a pair that colour-blind people tell apart.
 * Blue goes further from the background than orange does, so that the strongest of either differ in grey too.
 */
final class MapColours {
    private static final int[] BETTER_ON_LIGHT = {0xF3F3F1, 0xBFD8EC, 0x6AA6D3, 0x2B6CAB, 0x0A3A78};
    private static final int[] WORSE_ON_LIGHT = {0xF3F3F1, 0xFBE3C4, 0xF9C98C, 0xF4A950, 0xE98A1F};
    private static final int[] BETTER_ON_DARK = {0x20262D, 0x1F4468, 0x2F6EA8, 0x5CA3E0, 0xA9D6FF};
    private static final int[] WORSE_ON_DARK = {0x20262D, 0x47331F, 0x714A1C, 0x9E6216, 0xCC7A0E};

    private final int[] better;
    private final int[] worse;

    MapColours(Theme theme) {
        better = theme == Theme.DARK ? BETTER_ON_DARK : BETTER_ON_LIGHT;
        worse = theme == Theme.DARK ? WORSE_ON_DARK : WORSE_ON_LIGHT;
    }

    /**
     * The colour of a difference.
     *
     * @param goodness from −1, as bad as any, to 1, as good as any
     */
    Color of(double goodness) {
        int[] ramp = goodness > 0 ? better : worse;
        double place = Math.min(1, Math.abs(goodness)) * (ramp.length - 1);
        int below = Math.min(ramp.length - 2, (int) place);
        return mixed(new Color(ramp[below]), new Color(ramp[below + 1]), place - below);
    }

    private static Color mixed(Color one, Color other, double share) {
        return new Color(
                (int) Math.round(one.getRed() + share * (other.getRed() - one.getRed())),
                (int) Math.round(one.getGreen() + share * (other.getGreen() - one.getGreen())),
                (int) Math.round(one.getBlue() + share * (other.getBlue() - one.getBlue())));
    }

    /** Black or white, whichever has the higher contrast (WCAG 2). */
    static Color on(Color background) {
        double light = luminance(background);
        return (light + 0.05) * (light + 0.05) > 1.05 * 0.05 ? Color.BLACK : Color.WHITE;
    }

    static double luminance(Color colour) {
        return 0.2126 * linear(colour.getRed())
                + 0.7152 * linear(colour.getGreen())
                + 0.0722 * linear(colour.getBlue());
    }

    static double linear(int channel) {
        double share = channel / 255.0;
        return share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
    }
}
