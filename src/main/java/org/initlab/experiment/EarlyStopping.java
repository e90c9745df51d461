package org.initlab.experiment;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.initlab.analysis.Criterion;
import org.initlab.analysis.EarlyStop;
import org.initlab.experiment.StoppedEarly.DecidedArm;
import org.initlab.queue.RunQueue;
import org.initlab.run.QueuedRun;
import org.initlab.run.RunCommands;
import org.initlab.run.RunEnd;
import org.initlab.run.RunQueries;
import org.initlab.run.RunState;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Stops experiments that are decided, in the transaction that ended the deciding run.
 *
 * <p>Trials are looked at by number, up to the first that is not finished, so the decision does not depend on which ended first. A trial
 * is finished when each of its runs has succeeded or diverged. One that failed or was cancelled is not: a retry can still give the pair
 * that belongs there, and the looks after it wait for that. So a failure, which may be the machine's, changes no decision.
 *
 * <p>All looks are taken again at each end of a run: that takes microseconds, and nothing but the decision has to be kept.
 */
@Component
class EarlyStopping {
    private final RunQueries runs;
    private final RunCommands commands;
    private final RunQueue queue;

    EarlyStopping(RunQueries runs, RunCommands commands, RunQueue queue) {
        this.runs = runs;
        this.commands = commands;
        this.queue = queue;
    }

    /**
     * Stops the experiment if it may be and is decided now; what runs ends.
     *
     * @param experiment locked, as are its runs
     * @return whether the experiment has changed without any of its runs
     */
    boolean look(Experiment experiment) {
        StoppingSpec stopping = experiment.spec().stopping();
        if (stopping == null || experiment.stoppedEarly() != null) {
            return false;
        }
        int epoch = experiment.spec().training().epochs();
        Optional<StoppedEarly> decided = decided(
                experiment.spec(), experiment.outline().usualMargin(Criterion.LOSS), runs.ends(experiment.id(), epoch));
        return decided.isPresent() && stop(experiment, decided.get());
    }

    private boolean stop(Experiment experiment, StoppedEarly decided) {
        experiment.stopEarly(decided);
        List<QueuedRun> skipped = commands.skipUnbegunTrials(experiment.id());
        queue.withdraw(skipped);
        return skipped.isEmpty();
    }

    /** @param ends of all runs, trial by trial and arm by arm */
    private static Optional<StoppedEarly> decided(ExperimentSpec spec, @Nullable Double margin, List<RunEnd> ends) {
        List<String> arms = ArmLabels.of(spec.biasInits());
        int baseline = arms.indexOf(ArmLabels.baseline(arms));
        int[] others =
                IntStream.range(0, arms.size()).filter(arm -> arm != baseline).toArray();
        EarlyStop looks = new EarlyStop(spec.stopping().design(), others.length, margin);
        for (int trial = 0; trial < spec.trials() - 1; trial++) {
            List<RunEnd> of = ends.subList(trial * arms.size(), (trial + 1) * arms.size());
            if (!of.stream().allMatch(run -> isFinished(run.state()))) {
                return Optional.empty();
            }
            double[] differences = IntStream.of(others)
                    .mapToDouble(arm -> loss(of.get(arm)) - loss(of.get(baseline)))
                    .toArray();
            if (looks.look(trial, differences)) {
                return Optional.of(new StoppedEarly(
                        trial,
                        spec.training().epochs(),
                        arms.get(baseline),
                        margin,
                        decidedArms(spec, arms, others, looks.decisions())));
            }
        }
        return Optional.empty();
    }

    private static List<DecidedArm> decidedArms(
            ExperimentSpec spec, List<String> arms, int[] others, List<EarlyStop.Decision> decisions) {
        double level = 1 - spec.stopping().alpha() / others.length;
        return IntStream.range(0, others.length)
                .mapToObj(other -> {
                    EarlyStop.Decision decision = decisions.get(other);
                    return new DecidedArm(
                            arms.get(others[other]),
                            decision.trial(),
                            decision.pairs(),
                            level,
                            decision.low(),
                            decision.high());
                })
                .toList();
    }

    static boolean isFinished(RunState state) {
        return state == RunState.SUCCEEDED || state == RunState.DIVERGED;
    }

    private static double loss(RunEnd run) {
        return run.state() == RunState.DIVERGED || run.loss() == null ? Double.NaN : run.loss();
    }
}
