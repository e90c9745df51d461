package org.initlab.experiment;

import java.util.Map;
import org.initlab.run.RunState;

/** Where an experiment stands: a function of where its runs stand. */
public enum ExperimentState {
    QUEUED,
    RUNNING,
    PAUSED,
    SUCCEEDED,
    FAILED,
    CANCELLED;

    /** Whether nothing happens any more unless a user asks for it. */
    public boolean isFinal() {
        return this == SUCCEEDED || this == FAILED || this == CANCELLED;
    }

    /**
     * Derives the state. A finished experiment is cancelled if any run was, failed if any run failed or none succeeded,
     * and succeeded otherwise: a diverged run beside others is a result.
     *
     * @param runs how many runs are in each state; what is left out is 0
     */
    static ExperimentState of(Map<RunState, Long> runs) {
        boolean queued = runs.containsKey(RunState.QUEUED);
        boolean begun = runs.keySet().stream().anyMatch(state -> state != RunState.QUEUED && state != RunState.PAUSED);
        if (runs.containsKey(RunState.RUNNING) || (queued && begun)) {
            return RUNNING;
        }
        if (queued) {
            return QUEUED;
        }
        if (runs.containsKey(RunState.PAUSED)) {
            return PAUSED;
        }
        if (runs.containsKey(RunState.CANCELLED)) {
            return CANCELLED;
        }
        return runs.containsKey(RunState.FAILED) || !runs.containsKey(RunState.SUCCEEDED) ? FAILED : SUCCEEDED;
    }
}
