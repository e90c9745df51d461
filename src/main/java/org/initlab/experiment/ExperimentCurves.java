package org.initlab.experiment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.initlab.analysis.ArmCurves;
import org.initlab.analysis.ConstantPredictor;
import org.initlab.analysis.TrialCurve;
import org.initlab.run.EpochRow;
import org.initlab.run.RunState;
import org.initlab.run.RunView;
import org.initlab.training.data.DatasetSummary;
import org.initlab.training.spec.BiasInit;

/** An experiment's measurements as the analysis takes them. */
final class ExperimentCurves {
    private ExperimentCurves() {}

    /**
     * The arms in their order.
     *
     * @param runs arm by arm
     * @param epochs by run id, from epoch 0 without a gap
     */
    static List<ArmCurves> of(List<RunView> runs, Map<UUID, List<EpochRow>> epochs) {
        Map<String, List<TrialCurve>> trials = new LinkedHashMap<>();
        Map<String, Boolean> positiveRate = new LinkedHashMap<>();
        for (RunView run : runs) {
            List<EpochRow> rows = epochs.getOrDefault(run.id(), List.of());
            trials.computeIfAbsent(run.arm(), arm -> new ArrayList<>())
                    .add(new TrialCurve(
                            run.trial(),
                            fate(run.state()),
                            values(rows, EpochRow::loss),
                            values(rows, EpochRow::rocAuc)));
            positiveRate.put(run.arm(), run.biasInit() instanceof BiasInit.PositiveRate);
        }
        return trials.entrySet().stream()
                .map(arm -> new ArmCurves(arm.getKey(), positiveRate.get(arm.getKey()), arm.getValue()))
                .toList();
    }

    /** {@code null} until the data was read. */
    static ConstantPredictor constant(DatasetSummary task) {
        return task == null ? null : ConstantPredictor.of(task.trainPositiveRate(), task.testPositiveRate());
    }

    private static double[] values(List<EpochRow> rows, Function<EpochRow, Double> quantity) {
        return rows.stream()
                .map(quantity)
                .mapToDouble(value -> value == null ? Double.NaN : value)
                .toArray();
    }

    private static TrialCurve.Fate fate(RunState state) {
        return switch (state) {
            case QUEUED, RUNNING, PAUSED -> TrialCurve.Fate.OPEN;
            case SUCCEEDED -> TrialCurve.Fate.COMPLETED;
            case FAILED -> TrialCurve.Fate.FAILED;
            case CANCELLED -> TrialCurve.Fate.CANCELLED;
            case DIVERGED -> TrialCurve.Fate.DIVERGED;
        };
    }
}
