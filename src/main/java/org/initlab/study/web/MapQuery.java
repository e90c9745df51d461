package org.initlab.study.web;

import java.util.Objects;
import org.initlab.analysis.Criterion;
import org.initlab.platform.problem.InvalidRequestException;
import org.initlab.study.MapRequest;
import org.jspecify.annotations.Nullable;

/**
 * The query parameters of a map; {@code null} is what is left out.
 *
 * @param arm the label of the arm that is compared; by default each point's first that is not the baseline
 * @param baseline the label of the arm that it is compared with; by default {@code default}, or the first where there is none
 * @param metric what the map is about, by default the loss
 * @param epoch from 0; by default each point's last
 * @param margin the difference that matters, above 0; by default the usual one on each point's data
 */
record MapQuery(String arm, String baseline, Criterion metric, Integer epoch, Double margin) {

    /**
     * Which map to make.
     *
     * @throws InvalidRequestException naming what is out of range
     */
    MapRequest toRequest() {
        if (margin != null && !(margin > 0 && Double.isFinite(margin))) {
            throw new InvalidRequestException("margin must be a number above 0: the smallest difference that matters");
        }
        if (epoch != null && epoch < 0) {
            throw new InvalidRequestException("epoch must be 0 or more; leave it out for the last");
        }
        return new MapRequest(
                given(arm), given(baseline), Objects.requireNonNullElse(metric, Criterion.LOSS), epoch, margin);
    }

    private static @Nullable String given(@Nullable String label) {
        return label == null || label.isBlank() ? null : label;
    }
}
