package org.initlab.results;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.initlab.analysis.Quantity;
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
        return new EpochSummary(
                epoch,
                known(rows, Quantity.LOSS).length,
                summary(rows, Quantity.LOSS),
                summary(rows, Quantity.ROC_AUC),
                summary(rows, Quantity.PR_AUC),
                summary(rows, Quantity.BRIER),
                summary(rows, Quantity.OBJECTIVE),
                summary(rows, Quantity.MEAN_PROBABILITY),
                summary(rows, Quantity.ECE));
    }

    private static Summary summary(Collection<EpochRow> rows, Quantity quantity) {
        return Summary.of(known(rows, quantity), quantity);
    }

    private static double[] known(Collection<EpochRow> rows, Quantity quantity) {
        return rows.stream()
                .mapToDouble(row -> Measured.value(quantity, row))
                .filter(Double::isFinite)
                .toArray();
    }
}
