package org.initlab.study;

import org.initlab.analysis.Criterion;
import org.jspecify.annotations.Nullable;

/**
 * Which map of a study.
 *
 * @param arm its label, in any case; {@code null} for each point's first that is not the baseline
 * @param baseline the label of the arm that it is compared with; {@code null} for {@code default}, or the first where there is
 *     none
 * @param metric what the difference and the verdict are about
 * @param epoch {@code null} for each point's last
 * @param margin the difference that matters, above 0; {@code null} for the usual one on each point's data
 */
public record MapRequest(
        @Nullable String arm,
        @Nullable String baseline,
        Criterion metric,
        @Nullable Integer epoch,
        @Nullable Double margin) {}
