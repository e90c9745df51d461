package org.initlab.results;

import java.util.List;
import java.util.UUID;
import org.initlab.analysis.ConstantPredictor;
import org.initlab.analysis.Summary;
import org.initlab.experiment.ExperimentState;
import org.initlab.run.EpochRow;
import org.initlab.run.RunState;
import org.jspecify.annotations.Nullable;

/**
 * Every epoch of every trial, and each arm's summary.
 *
 * @param constantPredictor what a bias can reach on its own; {@code null} until the data has been read
 */
public record MetricsView(
        UUID experimentId, ExperimentState state, List<Arm> arms, @Nullable ConstantPredictor constantPredictor) {

    /**
     * One bias initialisation.
     *
     * @param biasInit with rate and value filled in if they are known and the same for all trials
     * @param summary one entry for each epoch that any trial has finished
     */
    public record Arm(String arm, ResolvedBias biasInit, List<Trial> trials, List<EpochSummary> summary) {}

    /** One run. */
    public record Trial(int trial, UUID runId, long seed, RunState state, List<EpochRow> epochs) {}

    /**
     * An arm after an epoch.
     *
     * @param trials the number of trials that finished it with a finite loss
     */
    public record EpochSummary(
            int epoch,
            int trials,
            Summary loss,
            Summary rocAuc,
            Summary prAuc,
            Summary brier,
            Summary objective,
            Summary meanProbability,
            Summary ece) {}
}
