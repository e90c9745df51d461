package org.initlab.experiment;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.initlab.experiment.ExperimentView.Links;
import org.initlab.experiment.ExperimentView.Progress;
import org.initlab.experiment.ExperimentView.RunCounts;
import org.initlab.run.Preparing;
import org.initlab.run.RunState;
import org.initlab.run.RunTally;
import org.initlab.training.objective.BinaryCrossEntropy;
import org.initlab.training.spec.BiasInit;
import org.initlab.training.spec.Prior;
import org.jspecify.annotations.Nullable;

/** Combines an experiment with the tally of its runs, leaving out what they wait for. */
final class ViewAssembler {
    private ViewAssembler() {}

    static ExperimentView view(Experiment experiment, List<RunTally> tallies) {
        Optional<Prior> prior = Optional.ofNullable(experiment.datasetSummary()).map(experiment.spec()::prior);
        List<BiasInit> arms = experiment.spec().biasInits();
        return new ExperimentView(
                experiment.id(),
                experiment.revision(),
                experiment.name(),
                experiment.state(),
                experiment.priority(),
                experiment.keep(),
                experiment.studyId(),
                experiment.createdAt(),
                experiment.startedAt(),
                experiment.finishedAt(),
                experiment.checkpointsRemovedAt(),
                experiment.spec(),
                experiment.datasetSummary(),
                prior.map(known -> InitialLoss.expected(arms, known, new BinaryCrossEntropy()))
                        .orElse(null),
                prior.map(known -> InitialLoss.expected(arms, known, known.objective()))
                        .orElse(null),
                experiment.warnings(),
                experiment.stoppedEarly(),
                counts(tallies),
                preparing(tallies),
                null,
                progress(experiment.state(), tallies),
                Links.of("/experiments/" + experiment.id()));
    }

    private static @Nullable Preparing preparing(List<RunTally> tallies) {
        return tallies.stream()
                .filter(tally -> tally.rowsReady() != null)
                .map(tally -> new Preparing(tally.rowsReady(), tally.rowsNeeded()))
                .findFirst()
                .orElse(null);
    }

    static RunCounts counts(List<RunTally> tallies) {
        return new RunCounts(
                runs(tallies, state -> true),
                runs(tallies, state -> state == RunState.QUEUED),
                runs(tallies, state -> state == RunState.RUNNING),
                runs(tallies, state -> state == RunState.PAUSED),
                runs(tallies, state -> state == RunState.SUCCEEDED),
                runs(tallies, state -> state == RunState.FAILED),
                runs(tallies, state -> state == RunState.DIVERGED),
                runs(tallies, state -> state == RunState.CANCELLED),
                runs(tallies, state -> state == RunState.SKIPPED));
    }

    static Progress progress(ExperimentState state, List<RunTally> tallies) {
        long done = sum(tallies, any -> true, RunTally::epochsDone);
        long total = sum(tallies, run -> run != RunState.SKIPPED, RunTally::epochsTotal);
        Predicate<RunState> open = run -> !run.isFinal();
        long left = sum(tallies, open, RunTally::epochsTotal) - sum(tallies, open, RunTally::epochsDone);
        long workers = Math.max(1, runs(tallies, run -> run == RunState.RUNNING));
        Double epochSeconds = epochSeconds(tallies);
        Long eta = state.isFinal()
                ? Long.valueOf(0)
                : epochSeconds == null ? null : Math.round(left * epochSeconds / workers);
        double fraction = total == 0 ? state == ExperimentState.SUCCEEDED ? 1 : 0 : (double) done / total;
        return new Progress(done, total, fraction, eta);
    }

    /** The mean duration of the epochs so far; {@code null} before the first. */
    static @Nullable Double epochSeconds(List<RunTally> tallies) {
        return tallies.isEmpty() ? null : tallies.get(0).epochSeconds();
    }

    private static long runs(List<RunTally> tallies, Predicate<RunState> states) {
        return sum(tallies, states, RunTally::runs);
    }

    private static long sum(List<RunTally> tallies, Predicate<RunState> states, ToLongFunction<RunTally> quantity) {
        return tallies.stream()
                .filter(tally -> states.test(tally.state()))
                .mapToLong(quantity)
                .sum();
    }
}
