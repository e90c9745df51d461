package org.initlab.experiment;

import java.util.Collection;
import java.util.Map;
import java.util.stream.Stream;
import org.initlab.run.RunState;

/** The state of an experiment, which follows from the states of its runs. */
public enum ExperimentState {
    QUEUED,
    RUNNING,
    PAUSED,
    SUCCEEDED,
    FAILED,
    CANCELLED;

    /** Whether nothing happens any more unless a user asks for more. */
    public boolean isFinal() {
        return this == SUCCEEDED || this == FAILED || this == CANCELLED;
    }

    /** The state of several experiments that belong together, by the same rule as one's from its runs. */
    public static ExperimentState ofAll(Collection<ExperimentState> states) {
        boolean queued = states.contains(QUEUED);
        boolean begun = states.stream().anyMatch(state -> state != QUEUED && state != PAUSED);
        if (states.contains(RUNNING) || (queued && begun)) {
            return RUNNING;
        }
        return Stream.of(QUEUED, PAUSED, CANCELLED, FAILED)
                .filter(states::contains)
                .findFirst()
                .orElse(SUCCEEDED);
    }

    /**
     * Derives the state. A finished experiment is cancelled if any run was, failed if any run failed or none succeeded,
     * and succeeded otherwise: a diverged run among others is a result, and skipped runs count for nothing.
     *
     * @param runs the number of runs in each state; states without any are left out
     */
    static ExperimentState of(Map<RunState, Long> runs) {
        boolean queued = runs.containsKey(RunState.QUEUED);
        boolean begun = runs.keySet().stream()
                .anyMatch(state -> state != RunState.QUEUED && state != RunState.PAUSED && state != RunState.SKIPPED);
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
