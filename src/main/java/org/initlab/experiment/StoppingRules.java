package org.initlab.experiment;

import java.util.List;
import org.initlab.platform.json.Bound;
import org.initlab.platform.problem.Fault;

/** What an experiment needs to be able to stop early. */
final class StoppingRules {
    private StoppingRules() {}

    static void check(Bound<ExperimentSpec> bound, List<Fault> faults) {
        ExperimentSpec experiment = bound.value();
        StoppingSpec spec = experiment.stopping();
        if (spec == null) {
            return;
        }
        if (experiment.biasInits().size() < 2 && !bound.isFaulty("/biasInits")) {
            faults.add(new Fault(
                    "/stopping", "needs at least two biasInits: it watches how the others differ from the baseline"));
        }
        if (spec.minTrials() > experiment.trials() && !bound.isFaulty("/trials")) {
            faults.add(new Fault(
                    "/stopping/minTrials",
                    "must not be more than trials, which is " + experiment.trials()
                            + ": an experiment stops before its last trial or not at all"));
        }
    }
}
