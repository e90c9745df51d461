package org.initlab.experiment;

import java.util.List;
import java.util.UUID;
import org.initlab.platform.problem.NotFoundException;
import org.initlab.run.RunQueries;
import org.initlab.run.RunView;
import org.initlab.training.StepLosses;
import org.springframework.stereotype.Component;

/** Reads the runs of an experiment. */
@Component
public class ExperimentRuns {
    private final RunQueries runs;
    private final Revisions revisions;

    ExperimentRuns(RunQueries runs, Revisions revisions) {
        this.runs = runs;
        this.revisions = revisions;
    }

    /**
     * All runs, arm by arm and trial by trial.
     *
     * @throws NotFoundException if there is no such experiment
     */
    public List<RunView> of(UUID experimentId) {
        revisions.current(experimentId);
        return revisions.showing(experimentId, () -> runs.ofExperiment(experimentId));
    }

    /**
     * One run.
     *
     * @throws NotFoundException if the experiment has no such run
     */
    public RunView get(UUID experimentId, UUID runId) {
        return revisions
                .showing(experimentId, () -> runs.find(experimentId, runId))
                .orElseThrow(
                        () -> new NotFoundException("there is no run " + runId + " in experiment " + experimentId));
    }

    /** The kept training losses of a run, one entry per epoch, in ascending order. */
    public List<StepLosses> steps(RunView run) {
        return revisions.showing(run.experimentId(), () -> runs.steps(run.id()));
    }
}
