package org.initlab.results;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import org.initlab.analysis.Summary;
import org.initlab.experiment.ExperimentOutline;
import org.initlab.results.MetricsView.Arm;
import org.initlab.results.MetricsView.EpochSummary;
import org.initlab.results.MetricsView.Trial;
import org.initlab.run.EpochRow;
import org.initlab.run.RunView;
import org.initlab.training.data.DatasetSummary;

/** Arranges the measurements of an experiment as they are served. */
final class MetricsAssembler {
    private MetricsAssembler() {}

    static MetricsView view(Measured measured) {
        ExperimentOutline experiment = measured.experiment();
        Map<String, List<RunView>> arms =
                measured.runs().stream().collect(groupingBy(RunView::arm, LinkedHashMap::new, toList()));
        return new MetricsView(
                experiment.id(),
                experiment.state(),
                arms.values().stream().map(runs -> arm(runs, measured)).toList(),
                measured.constantPredictor());
    }

    private static Arm arm(List<RunView> runs, Measured measured) {
        List<Trial> trials = runs.stream()
                .map(run -> new Trial(run.trial(), run.id(), run.seed(), run.state(), measured.epochs(run)))
                .toList();
        RunView first = runs.get(0);
        DatasetSummary dataset = measured.experiment().dataset();
        ResolvedBias init = dataset == null
                ? ResolvedBias.unread(first.biasInit())
                : ResolvedBias.on(measured.experiment().spec().prior(dataset), first.biasInit());
        return new Arm(first.arm(), init, trials, summary(trials));
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
        return new EpochSummary(
                epoch,
                losses.length,
                Summary.of(losses),
                summary(rows, EpochRow::rocAuc),
                summary(rows, EpochRow::prAuc),
                summary(rows, EpochRow::brier),
                summary(rows, EpochRow::objective),
                summary(rows, EpochRow::meanProbability),
                summary(rows, EpochRow::ece));
    }

    private static Summary summary(Collection<EpochRow> rows, Function<EpochRow, Double> quantity) {
        return Summary.of(known(rows, quantity));
    }

    private static double[] known(Collection<EpochRow> rows, Function<EpochRow, Double> quantity) {
        return rows.stream()
                .map(quantity)
                .filter(Objects::nonNull)
                .mapToDouble(Double::doubleValue)
                .toArray();
    }
}
