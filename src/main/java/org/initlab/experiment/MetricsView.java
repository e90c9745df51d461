package org.initlab.experiment;

import java.util.List;
import java.util.UUID;
import org.initlab.analysis.Summary;
import org.initlab.run.EpochRow;
import org.initlab.run.RunState;

/** Every epoch of every trial, and each arm's summary. */
public record MetricsView(UUID experimentId, ExperimentState state, List<Arm> arms) {

    /**
     * One bias initialisation.
     *
     * @param biasInit with rate and value filled in where they are the same for all trials and known
     * @param summary an entry an epoch that any trial has finished
     */
    public record Arm(String arm, ResolvedBias biasInit, List<Trial> trials, List<EpochSummary> summary) {}

    /** One run. */
    public record Trial(int trial, UUID runId, long seed, RunState state, List<EpochRow> epochs) {}

    /**
     * An arm after an epoch.
     *
     * @param trials how many trials have finished it with a finite loss
     */
    public record EpochSummary(int epoch, int trials, Summary loss, Summary rocAuc) {}
}
