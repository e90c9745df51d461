package org.initlab.results.tensorboard;

import java.util.List;
import java.util.SortedMap;
import java.util.UUID;
import org.initlab.experiment.ExperimentOutline;
import org.initlab.experiment.ExperimentQueries;
import org.initlab.experiment.Revisions;
import org.initlab.run.CommittedEpoch;
import org.initlab.run.RunQueries;
import org.initlab.run.RunView;
import org.initlab.training.StepLosses;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Reads what TensorBoard is to show, a run at a time. */
@Component
class BoardReader {
    private final ExperimentQueries experiments;
    private final RunQueries runs;
    private final Revisions revisions;
    private final JsonMapper json;

    BoardReader(ExperimentQueries experiments, RunQueries runs, Revisions revisions, JsonMapper json) {
        this.experiments = experiments;
        this.runs = runs;
        this.revisions = revisions;
        this.json = json;
    }

    /**
     * An experiment and its runs.
     *
     * @throws org.initlab.platform.problem.NotFoundException if there is no such experiment
     */
    Board board(UUID experimentId) {
        ExperimentOutline experiment = revisions.showing(experimentId, () -> experiments.outline(experimentId));
        List<RunView> all = revisions.showing(experimentId, () -> runs.ofExperiment(experimentId));
        return Board.of(experiment, json.valueToTree(experiment.spec()), all);
    }

    /** The epochs of a run from one on, in ascending order. */
    List<CommittedEpoch> epochs(RunView run, int first) {
        return revisions.showing(run.experimentId(), () -> runs.committedEpochs(run.id(), first));
    }

    /** The kept losses of a run's steps by epoch, from one on, in ascending order. */
    SortedMap<Integer, StepLosses> steps(RunView run, int first) {
        return revisions.showing(run.experimentId(), () -> runs.stepsByEpoch(run.id(), first));
    }
}
