package org.initlab.analysis.maps;

import java.util.List;
import org.initlab.analysis.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * A point of a map; what is not known is {@code null}.
 *
 * @param indexes of its value on each axis, from 0
 * @param mean the mean difference, with its 95 % interval
 * @param margin the difference that matters
 * @param verdict {@code null} where there is nothing to judge
 * @param significant whether the difference is so among all points, too
 * @param fraction how much of it is done, in [0, 1]
 */
public record MapCell(
        List<Integer> indexes,
        Double mean,
        Double low,
        Double high,
        Double margin,
        Verdict.@Nullable Code verdict,
        boolean significant,
        double fraction) {

    boolean isOpen() {
        return verdict == Verdict.Code.STILL_RUNNING;
    }

    /** Whether there is a final difference to show. */
    boolean isKnown() {
        return mean != null && !isOpen();
    }
}
