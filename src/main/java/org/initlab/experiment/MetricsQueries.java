package org.initlab.experiment;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import org.initlab.analysis.Summary;
import org.initlab.experiment.MetricsView.Arm;
import org.initlab.experiment.MetricsView.EpochSummary;
import org.initlab.experiment.MetricsView.Trial;
import org.initlab.run.EpochRow;
import org.initlab.run.RunQueries;
import org.initlab.run.RunView;
import org.initlab.training.data.DatasetSummary;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Puts the measurements of an experiment together. */
@Service
@Transactional(readOnly = true)
class MetricsQueries {
    private final Experiments experiments;
    private final RunQueries runs;

    MetricsQueries(Experiments experiments, RunQueries runs) {
        this.experiments = experiments;
        this.runs = runs;
    }

    /**
     * All measurements of an experiment so far.
     *
     * @throws org.initlab.platform.problem.NotFoundException where there is no such experiment
     */
    MetricsView of(UUID id) {
        Experiment experiment = experiments.findById(id).orElseThrow(() -> ExperimentQueries.notFound(id));
        Map<UUID, List<EpochRow>> epochs = runs.epochsOfExperiment(id);
        Map<String, List<RunView>> arms = new LinkedHashMap<>();
        runs.ofExperiment(id).forEach(run -> arms.computeIfAbsent(run.arm(), arm -> new ArrayList<>())
                .add(run));
        return new MetricsView(
                id,
                experiment.state(),
                arms.values().stream()
                        .map(trials -> arm(trials, epochs, experiment.task()))
                        .toList());
    }

    private static Arm arm(List<RunView> runs, Map<UUID, List<EpochRow>> epochs, DatasetSummary task) {
        List<Trial> trials = runs.stream()
                .map(run -> new Trial(
                        run.trial(), run.id(), run.seed(), run.state(), epochs.getOrDefault(run.id(), List.of())))
                .toList();
        RunView first = runs.get(0);
        return new Arm(
                first.arm(),
                task == null
                        ? ResolvedBias.unread(first.biasInit())
                        : ResolvedBias.on(task.trainPositiveRate(), first.biasInit()),
                trials,
                summary(trials));
    }

    private static List<EpochSummary> summary(List<Trial> trials) {
        Map<Integer, List<EpochRow>> byEpoch = new TreeMap<>();
        for (Trial trial : trials) {
            for (EpochRow row : trial.epochs()) {
                byEpoch.computeIfAbsent(row.epoch(), epoch -> new ArrayList<>()).add(row);
            }
        }
        return byEpoch.entrySet().stream()
                .map(entry -> summary(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static EpochSummary summary(int epoch, Collection<EpochRow> rows) {
        double[] losses = known(rows, EpochRow::loss);
        return new EpochSummary(epoch, losses.length, Summary.of(losses), Summary.of(known(rows, EpochRow::rocAuc)));
    }

    private static double[] known(Collection<EpochRow> rows, Function<EpochRow, Double> quantity) {
        return rows.stream()
                .map(quantity)
                .filter(Objects::nonNull)
                .mapToDouble(Double::doubleValue)
                .toArray();
    }
}
