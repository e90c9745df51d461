package org.initlab.results;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.initlab.experiment.ExperimentOutline;
import org.initlab.experiment.ExperimentQueries;
import org.initlab.experiment.Revisions;
import org.initlab.run.RunCurve;
import org.initlab.run.RunQueries;
import org.initlab.run.StepStatistic;
import org.initlab.training.StepLosses;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Reads measurements in short transactions, so that the long computations on them hold no database connection. */
@Component
class ResultReader {
    private final ExperimentQueries experiments;
    private final RunQueries runs;
    private final Revisions revisions;

    ResultReader(ExperimentQueries experiments, RunQueries runs, Revisions revisions) {
        this.experiments = experiments;
        this.runs = runs;
        this.revisions = revisions;
    }

    /**
     * One experiment without its measurements.
     *
     * @throws org.initlab.platform.problem.NotFoundException if there is no such experiment
     */
    ExperimentOutline experiment(UUID id) {
        return revisions.showing(id, () -> experiments.outline(id));
    }

    /**
     * All epochs of an experiment.
     *
     * @throws org.initlab.platform.problem.NotFoundException if there is no such experiment
     */
    @Transactional(readOnly = true)
    Measured measured(UUID id) {
        // in this order, so that whatever is shown as finished has all its epochs
        return revisions.showing(
                id, () -> new Measured(experiments.outline(id), runs.ofExperiment(id), runs.epochsOfExperiment(id)));
    }

    /** What several experiments have measured, by experiment, arm by arm and trial by trial. */
    Map<UUID, List<RunCurve>> curves(Collection<UUID> ids) {
        return revisions.showing(ids, () -> runs.curves(ids)).stream()
                .collect(Collectors.groupingBy(RunCurve::experimentId));
    }

    /** The kept training losses of an epoch, each the mean over those of the given runs that have finished it. */
    StepLosses meanSteps(UUID id, Collection<UUID> runIds, int epoch) {
        return revisions.showing(id, () -> runs.meanSteps(runIds, epoch));
    }

    /** The kept training losses by arm and step, about {@code perEpoch} steps for each epoch. */
    List<StepStatistic> stepStatistics(UUID id, int perEpoch) {
        return revisions.showing(id, () -> runs.stepStatistics(id, perEpoch));
    }
}
