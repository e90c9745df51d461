package org.initlab.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.initlab.run.RunState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExperimentStateTest {
    @ParameterizedTest
    @CsvSource({
        "QUEUED, QUEUED",
        "RUNNING, RUNNING",
        "PAUSED, PAUSED",
        "SUCCEEDED, SUCCEEDED",
        "FAILED, FAILED",
        "CANCELLED, CANCELLED",
        "DIVERGED, FAILED",
        "QUEUED RUNNING, RUNNING",
        "QUEUED PAUSED, QUEUED",
        "RUNNING PAUSED, RUNNING",
        // the first run is over and the next one waits
        "QUEUED SUCCEEDED, RUNNING",
        "QUEUED FAILED, RUNNING",
        "QUEUED DIVERGED, RUNNING",
        "PAUSED SUCCEEDED, PAUSED",
        "PAUSED FAILED, PAUSED",
        "SUCCEEDED FAILED, FAILED",
        "SUCCEEDED CANCELLED, CANCELLED",
        "FAILED CANCELLED, CANCELLED",
        // a diverged run beside others is a result
        "SUCCEEDED DIVERGED, SUCCEEDED",
        "FAILED DIVERGED, FAILED",
        // what is skipped counts for nothing
        "SUCCEEDED SKIPPED, SUCCEEDED",
        "RUNNING SKIPPED, RUNNING",
        "PAUSED SKIPPED, PAUSED",
        "QUEUED SKIPPED, QUEUED",
        "FAILED SKIPPED, FAILED"
    })
    void theStateFollowsFromTheRuns(String runs, ExperimentState expected) {
        assertThat(ExperimentState.of(
                        Arrays.stream(runs.split(" ", -1)).collect(Collectors.toMap(RunState::valueOf, state -> 1L))))
                .isEqualTo(expected);
    }

    @Test
    void anExperimentIsFinalExactlyIfAllOfItsRunsAre() {
        List<Set<RunState>> mixtures = mixtures();
        assertThat(mixtures).hasSize(255);
        for (Set<RunState> states : mixtures) {
            Map<RunState, Long> runs = states.stream().collect(Collectors.toMap(state -> state, state -> 3L));

            assertThat(ExperimentState.of(runs).isFinal())
                    .as("%s", states)
                    .isEqualTo(states.stream().allMatch(RunState::isFinal));
        }
    }

    /** All sets of states but the empty one. */
    private static List<Set<RunState>> mixtures() {
        List<Set<RunState>> mixtures = new ArrayList<>(List.of(EnumSet.noneOf(RunState.class)));
        for (RunState state : RunState.values()) {
            for (Set<RunState> smaller : List.copyOf(mixtures)) {
                Set<RunState> larger = EnumSet.of(state);
                larger.addAll(smaller);
                mixtures.add(larger);
            }
        }
        return mixtures.subList(1, mixtures.size());
    }
}
