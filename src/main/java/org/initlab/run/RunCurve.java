package org.initlab.run;

import java.util.List;
import java.util.UUID;

/**
 * What a run has measured, without its spec: for those who read hundreds of experiments.
 *
 * @param epochs from epoch 0 without gaps
 */
public record RunCurve(UUID experimentId, String arm, int trial, RunState state, List<Scores> epochs) {

    /** What is compared after an epoch; {@code null} where it is not finite or not known. */
    public record Scores(
            Double loss,
            Double rocAuc,
            Double prAuc,
            Double objective,
            Integer distinctScores,
            Double undecidedPairs) {}
}
