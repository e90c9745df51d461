package org.initlab.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.initlab.training.spec.TrainingPlan;
import org.initlab.worker.LiveDevices;
import org.initlab.worker.Worker;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.json.JsonMapper;

class RunTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final Instant LATER = NOW.plusSeconds(60);
    private static final Worker FIRST = new Worker(UUID.randomUUID(), "first", "here", "cpu", 2, 3, Duration.ZERO);
    private static final Worker SECOND =
            new Worker(UUID.randomUUID(), "second", "there", "cuda:0", 8, 3, Duration.ZERO);
    private static final int EPOCHS = 2;

    private static final Map<String, Function<Run, Transition>> VERBS = Map.ofEntries(
            Map.entry("claim", run -> run.claim(SECOND, LATER)),
            Map.entry("waitFor", run -> run.waitFor("a file")),
            Map.entry("preparing", run -> run.preparing(new Preparing(1, 2))),
            Map.entry("prepared", Run::prepared),
            Map.entry("epochCommitted", run -> run.epochCommitted(1)),
            Map.entry("checkpointed", Run::checkpointed),
            Map.entry("fellBack", run -> run.fellBack(0, "a checkpoint is gone")),
            Map.entry("complete", run -> run.complete(LATER)),
            Map.entry("diverge", run -> run.diverge("NaN", LATER)),
            Map.entry("fail", run -> run.fail("no room", false, LATER)),
            Map.entry("handBack", Run::handBack),
            Map.entry("pause", Run::pause),
            Map.entry("resume", Run::resume),
            Map.entry("retry", Run::retry),
            Map.entry("extend", run -> run.extend(EPOCHS + 1)),
            Map.entry("cancel", run -> run.cancel(LATER)),
            Map.entry("skip", run -> run.skip(LATER)));

    /** A verb and what it does to a run in each state, with the state after it where that is another one. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            useHeadersInDisplayName = true,
            textBlock =
                    """
            verb           | QUEUED             | RUNNING             | PAUSED             | SUCCEEDED       | FAILED          | CANCELLED | DIVERGED        | SKIPPED
            claim          | CHANGED RUNNING    | CHANGED             | illegal            | illegal         | illegal         | illegal   | illegal         | illegal
            waitFor        | CHANGED            | CHANGED QUEUED      | illegal            | illegal         | illegal         | illegal   | illegal         | illegal
            preparing      | illegal            | CHANGED             | illegal            | illegal         | illegal         | illegal   | illegal         | illegal
            prepared       | illegal            | NONE                | illegal            | illegal         | illegal         | illegal   | illegal         | illegal
            epochCommitted | illegal            | CHANGED             | illegal            | illegal         | illegal         | illegal   | illegal         | illegal
            checkpointed   | illegal            | NONE                | illegal            | illegal         | illegal         | illegal   | illegal         | illegal
            fellBack       | illegal            | CHANGED             | illegal            | illegal         | illegal         | illegal   | illegal         | illegal
            complete       | illegal            | CHANGED QUEUED      | illegal            | illegal         | illegal         | illegal   | illegal         | illegal
            diverge        | illegal            | DEQUEUED DIVERGED   | illegal            | illegal         | illegal         | illegal   | illegal         | illegal
            fail           | DEQUEUED FAILED    | DEQUEUED FAILED     | illegal            | illegal         | illegal         | illegal   | illegal         | illegal
            handBack       | illegal            | CHANGED QUEUED      | illegal            | illegal         | illegal         | illegal   | illegal         | illegal
            pause          | DEQUEUED PAUSED    | CHANGED             | NONE               | NONE            | NONE            | NONE      | NONE            | NONE
            resume         | NONE               | NONE                | ENQUEUED QUEUED    | NONE            | NONE            | NONE      | NONE            | NONE
            retry          | NONE               | NONE                | NONE               | NONE            | ENQUEUED QUEUED | NONE      | ENQUEUED QUEUED | NONE
            extend         | CHANGED            | CHANGED             | CHANGED            | ENQUEUED QUEUED | CHANGED         | CHANGED   | CHANGED         | NONE
            cancel         | DEQUEUED CANCELLED | DEQUEUED CANCELLED  | DEQUEUED CANCELLED | NONE            | NONE            | NONE      | NONE            | NONE
            skip           | DEQUEUED SKIPPED   | NONE                | DEQUEUED SKIPPED   | NONE            | NONE            | NONE      | NONE            | NONE
            """)
    void eachVerbSaysWhatItDid(
            String verb,
            String queued,
            String running,
            String paused,
            String succeeded,
            String failed,
            String cancelled,
            String diverged,
            String skipped) {
        List<String> expected = List.of(queued, running, paused, succeeded, failed, cancelled, diverged, skipped);
        Iterator<String> cells = expected.iterator();
        for (RunState from : RunState.values()) {
            check(verb, from, cells.next());
        }
    }

    private static void check(String verb, RunState from, String expected) {
        Run run = in(from);
        RunView before = run.view();
        int entry = run.queued().entry();
        if (expected.equals("illegal")) {
            assertThatThrownBy(() -> VERBS.get(verb).apply(run))
                    .as("%s of a run that is %s", verb, from)
                    .isInstanceOf(IllegalStateException.class);
            assertThat(run.view()).isEqualTo(before);
            return;
        }
        String[] parts = expected.split(" ", 2);
        Transition transition = VERBS.get(verb).apply(run);
        assertThat(transition).as("%s of a run that is %s", verb, from).isEqualTo(Transition.valueOf(parts[0]));
        assertThat(run.state()).isEqualTo(parts.length > 1 ? RunState.valueOf(parts[1]) : from);
        assertThat(run.view().equals(before)).isNotEqualTo(transition.isChange());
        assertThat(run.queued().entry() > entry).isEqualTo(transition == Transition.ENQUEUED);
    }

    @Test
    void theFirstAttemptSetsTheThreadsAndTheStart() {
        Run run = in(RunState.RUNNING);
        run.claim(SECOND, LATER);

        RunView view = run.view();
        assertThat(view.threads()).isEqualTo(FIRST.threads());
        assertThat(view.startedAt()).isEqualTo(NOW);
        assertThat(view.worker()).isEqualTo("second");
        assertThat(view.device()).isEqualTo("cuda:0");
        assertThat(view.attempts()).isEqualTo(2);
        assertThat(run.assignment(List.of(), false).lease().attempt()).isEqualTo(2);
    }

    @Test
    void attemptsInARowThatGetNoFurtherExhaustTheRun() {
        Run run = in(RunState.RUNNING);
        run.claim(FIRST, LATER);
        assertThat(run.isExhausted(3)).isFalse();
        run.claim(FIRST, LATER);
        assertThat(run.isExhausted(3)).isTrue();

        run.checkpointed();
        assertThat(run.isExhausted(1)).isFalse();
    }

    @Test
    void aWorkerThatLeavesARunBehindIsNoticedAndOneThatHandsItBackIsNot() {
        Run run = in(RunState.QUEUED);
        assertThat(run.hasLostItsWorker()).isFalse();
        run.claim(FIRST, NOW);
        assertThat(run.hasLostItsWorker()).isTrue();
        run.waitFor("a file");
        assertThat(run.hasLostItsWorker()).isTrue();
        run.claim(FIRST, NOW);
        run.handBack();
        assertThat(run.hasLostItsWorker()).isFalse();
    }

    @Test
    void whatARunWaitsForChangesItOnlyOnce() {
        Run run = in(RunState.QUEUED);
        assertThat(run.waitFor("a file")).isEqualTo(Transition.CHANGED);
        assertThat(run.waitFor("a file")).isEqualTo(Transition.NONE);
        assertThat(run.waitFor("another file")).isEqualTo(Transition.CHANGED);
        assertThat(run.view().waitingFor()).isEqualTo("another file");

        run.claim(FIRST, NOW);
        assertThat(run.view().waitingFor()).isNull();
    }

    @Test
    void aDeviceThatNoWorkerHasIsNamedBeforeAFileThatOneLacks() {
        Run run = in(RunState.QUEUED, "cuda");
        run.waitFor("a file");

        assertThat(run.view(new LiveDevices(List.of("cpu"))).waitingFor()).contains("cuda");
        assertThat(run.view(new LiveDevices(List.of("cuda:1"))).waitingFor()).isEqualTo("a file");
        assertThat(run.queued().requiredDevice()).isEqualTo("cuda");
    }

    @Test
    void aRunningRunPausesWhenItsWorkerLetsGo() {
        Run run = in(RunState.RUNNING);
        run.pause();
        assertThat(run.view().pauseRequested()).isTrue();
        assertThat(run.pause()).isEqualTo(Transition.NONE);

        assertThat(run.handBack()).isEqualTo(Transition.DEQUEUED);
        assertThat(run.state()).isEqualTo(RunState.PAUSED);
        assertThat(run.view().pauseRequested()).isFalse();
        assertThat(run.view().worker()).isNull();
    }

    @Test
    void aPauseThatIsTakenBackInTimeChangesNothingElse() {
        Run run = in(RunState.RUNNING);
        run.pause();
        assertThat(run.resume()).isEqualTo(Transition.CHANGED);

        assertThat(run.handBack()).isEqualTo(Transition.CHANGED);
        assertThat(run.state()).isEqualTo(RunState.QUEUED);
    }

    @Test
    void aRunSucceedsOnceAllOfItsEpochsAreDone() {
        Run run = in(RunState.RUNNING);
        run.epochCommitted(EPOCHS);
        run.extend(EPOCHS + 1);
        assertThat(run.complete(LATER)).isEqualTo(Transition.CHANGED);
        assertThat(run.state()).isEqualTo(RunState.QUEUED);

        run.claim(FIRST, LATER);
        run.epochCommitted(EPOCHS + 1);
        assertThat(run.complete(LATER)).isEqualTo(Transition.DEQUEUED);
        assertThat(run.state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(run.view().finishedAt()).isEqualTo(LATER);
        assertThat(run.spec().plan().training().epochs()).isEqualTo(EPOCHS + 1);
    }

    @Test
    void epochsAreNeverTakenAway() {
        Run run = in(RunState.SUCCEEDED);

        assertThat(run.extend(EPOCHS)).isEqualTo(Transition.NONE);
        assertThat(run.extend(1)).isEqualTo(Transition.NONE);
        assertThat(run.view().epochsTotal()).isEqualTo(EPOCHS);
    }

    @Test
    void aRetryForgetsTheFailureAndMayBeginAgainOnlyIfTheFailureAllowsIt() {
        Run run = in(RunState.RUNNING);
        run.fail("no checkpoint", true, LATER);
        assertThat(run.view().failure()).isEqualTo("no checkpoint");
        run.retry();
        assertThat(run.view().failure()).isNull();
        assertThat(run.view().finishedAt()).isNull();
        assertThat(run.view().worker()).isNull();
        run.claim(SECOND, LATER);
        assertThat(run.assignment(List.of(), false).mayRestart()).isTrue();

        run.checkpointed();
        assertThat(run.assignment(List.of(), false).mayRestart()).isFalse();
    }

    @Test
    void warningsAddUp() {
        Run run = in(RunState.RUNNING);
        run.epochCommitted(2);
        run.fellBack(1, "one");
        run.fellBack(0, "two");

        assertThat(run.view().warnings()).containsExactly("one", "two");
        assertThat(run.epochsDone()).isZero();
    }

    @ParameterizedTest
    @EnumSource(RunState.class)
    void aBiasIsSetByTheWorkerThatHasTheRun(RunState state) {
        Run run = in(state);
        if (state == RunState.RUNNING) {
            run.biasSet(-1.5);
            assertThat(run.view().biasValue()).isEqualTo(-1.5);
        } else {
            assertThatThrownBy(() -> run.biasSet(-1.5)).isInstanceOf(IllegalStateException.class);
        }
    }

    private static Run in(RunState state) {
        return in(state, null);
    }

    private static Run in(RunState state, String device) {
        Run run = new Run(new RunSpec(UUID.randomUUID(), "zeros", 0, 0, device, false, null, plan()), NOW);
        if (state != RunState.QUEUED && state != RunState.PAUSED && state != RunState.SKIPPED) {
            run.claim(FIRST, NOW);
        }
        switch (state) {
            case QUEUED, RUNNING -> {}
            case PAUSED -> run.pause();
            case SUCCEEDED -> {
                run.epochCommitted(EPOCHS);
                run.complete(NOW);
            }
            case FAILED -> run.fail("no room", false, NOW);
            case CANCELLED -> run.cancel(NOW);
            case DIVERGED -> run.diverge("NaN", NOW);
            case SKIPPED -> run.skip(NOW);
        }
        return run;
    }

    private static TrainingPlan plan() {
        return new JsonMapper()
                .readValue(
                        """
                        {"dataset": {"name": "digits"}, "model": {}, "biasInit": {"type": "zeros"}, "training": {"epochs": %d},
                         "evaluation": {}, "seed": 42, "stepInterval": 1}"""
                                .formatted(EPOCHS),
                        TrainingPlan.class);
    }
}
