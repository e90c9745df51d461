package org.initlab.results;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.initlab.analysis.ArmCurves;
import org.initlab.analysis.ConstantPredictor;
import org.initlab.analysis.Criterion;
import org.initlab.analysis.Quantity;
import org.initlab.analysis.TiedScores;
import org.initlab.analysis.TrialCurve;
import org.initlab.experiment.ExperimentOutline;
import org.initlab.run.EpochRow;
import org.initlab.run.RunState;
import org.initlab.run.RunView;
import org.initlab.training.data.DatasetSummary;
import org.initlab.training.objective.BinaryCrossEntropy;
import org.initlab.training.objective.Objective;
import org.initlab.training.spec.BiasInit;
import org.initlab.training.spec.Sampling;
import org.jspecify.annotations.Nullable;

/**
 * What has been measured of an experiment so far.
 *
 * @param runs arm by arm and trial by trial
 * @param epochs by run id, from epoch 0 without gaps; runs without an epoch are left out
 */
record Measured(ExperimentOutline experiment, List<RunView> runs, Map<UUID, List<EpochRow>> epochs) {

    List<EpochRow> epochs(RunView run) {
        return epochs.getOrDefault(run.id(), List.of());
    }

    /** The arms in order, as the analysis takes them. */
    List<ArmCurves> curves() {
        Map<String, List<TrialCurve>> trials = new LinkedHashMap<>();
        Map<String, Boolean> positiveRate = new LinkedHashMap<>();
        int mostScores =
                TiedScores.most(epochs.values().stream().flatMap(List::stream).map(EpochRow::distinctScores));
        for (RunView run : runs) {
            if (run.state() == RunState.SKIPPED) {
                continue;
            }
            trials.computeIfAbsent(run.arm(), arm -> new ArrayList<>()).add(curve(run, mostScores));
            positiveRate.put(run.arm(), run.biasInit() instanceof BiasInit.PositiveRate);
        }
        return trials.entrySet().stream()
                .map(arm -> new ArmCurves(arm.getKey(), positiveRate.get(arm.getKey()), arm.getValue()))
                .toList();
    }

    private TrialCurve curve(RunView run, int mostScores) {
        List<EpochRow> rows = epochs(run);
        Map<Quantity, double[]> values = new EnumMap<>(Quantity.class);
        for (Quantity quantity : Quantity.values()) {
            values.put(
                    quantity,
                    rows.stream().mapToDouble(row -> value(quantity, row)).toArray());
        }
        return new TrialCurve(
                run.trial(),
                fate(run.state()),
                values,
                TiedScores.epochs(
                        rows.stream()
                                .map(row -> new TiedScores.Epoch(row.distinctScores(), row.undecidedPairs()))
                                .toList(),
                        mostScores));
    }

    static double value(Quantity quantity, EpochRow row) {
        Double value =
                switch (quantity) {
                    case LOSS -> row.loss();
                    case ROC_AUC -> row.rocAuc();
                    case PR_AUC -> row.prAuc();
                    case BRIER -> row.brier();
                    case OBJECTIVE -> row.objective();
                    case MEAN_PROBABILITY -> row.meanProbability();
                    case ECE -> row.ece();
                };
        return value == null ? Double.NaN : value;
    }

    /** Whether the losses by step measure on training batches what the criterion measures on the test split. */
    boolean stepsMeasure(Criterion criterion) {
        boolean asTheyAre =
                experiment.dataset() != null && experiment.spec().training().sampling() == Sampling.NATURAL;
        return asTheyAre
                && switch (criterion) {
                    case OBJECTIVE -> true;
                    case LOSS -> objective(experiment, experiment.dataset()) instanceof BinaryCrossEntropy;
                    case ROC_AUC, PR_AUC -> false;
                };
    }

    /** {@code null} until the data has been read. */
    @Nullable
    ConstantPredictor constantPredictor() {
        DatasetSummary dataset = experiment.dataset();
        if (dataset == null) {
            return null;
        }
        double rate = dataset.trainPositiveRate();
        Objective objective = objective(experiment, dataset);
        return ConstantPredictor.of(
                rate,
                dataset.testPositiveRate(),
                objective.constantMean(objective.constantLogit(rate), dataset.testPositiveRate()));
    }

    /** What an experiment's training minimises. */
    static Objective objective(ExperimentOutline experiment, DatasetSummary dataset) {
        return experiment.spec().training().loss().on(dataset.trainPositiveRate());
    }

    static TrialCurve.Fate fate(RunState state) {
        return switch (state) {
            case QUEUED, RUNNING, PAUSED -> TrialCurve.Fate.OPEN;
            case SUCCEEDED -> TrialCurve.Fate.COMPLETED;
            case FAILED -> TrialCurve.Fate.FAILED;
            case CANCELLED -> TrialCurve.Fate.CANCELLED;
            case DIVERGED -> TrialCurve.Fate.DIVERGED;
            case SKIPPED -> throw new IllegalArgumentException("a skipped run has no curve");
        };
    }
}
