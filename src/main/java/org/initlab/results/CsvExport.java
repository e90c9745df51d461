package org.initlab.results;

import java.io.IOException;
import java.util.Map;
import java.util.UUID;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.initlab.experiment.Revisions;
import org.initlab.run.EpochRow;
import org.initlab.run.RunQueries;
import org.initlab.run.RunView;
import org.initlab.training.Predictions;
import org.initlab.training.StepLosses;
import org.springframework.stereotype.Component;

/**
 * Measurements as CSV, with empty fields for numbers that are not finite or not measured. They are read run by run, so that
 * neither a large experiment nor a slow client takes up memory or a database connection.
 */
@Component
public class CsvExport {
    private static final CSVFormat FORMAT =
            CSVFormat.DEFAULT.builder().setRecordSeparator('\n').get();

    private final RunQueries runs;
    private final Revisions revisions;

    CsvExport(RunQueries runs, Revisions revisions) {
        this.runs = runs;
        this.revisions = revisions;
    }

    /** One row per epoch, under the names that the reference experiment's plotting script reads. */
    public void writeEpochs(UUID experimentId, Appendable out) throws IOException {
        CSVPrinter csv = FORMAT.print(out);
        csv.printRecord(
                "trial_idx",
                "type",
                "n_epochs",
                "loss",
                "roc_auc",
                "output_bias_value",
                "train_loss",
                "pr_auc",
                "brier",
                "run_id",
                "seed",
                "objective",
                "mean_probability",
                "ece",
                "rows_per_second");
        for (RunView run : revisions.showing(experimentId, () -> runs.ofExperiment(experimentId))) {
            for (EpochRow row : revisions.showing(experimentId, () -> runs.epochs(run.id()))) {
                csv.printRecord(
                        run.trial(),
                        run.arm(),
                        row.epoch(),
                        row.loss(),
                        row.rocAuc(),
                        row.outputBias(),
                        row.trainLoss(),
                        row.prAuc(),
                        row.brier(),
                        run.id(),
                        run.seed(),
                        row.objective(),
                        row.meanProbability(),
                        row.ece(),
                        row.rowsPerSecond());
            }
        }
    }

    /** One row per kept step: the loss of its mini-batch in training mode. */
    public void writeSteps(UUID experimentId, Appendable out) throws IOException {
        CSVPrinter csv = FORMAT.print(out);
        csv.printRecord("trial_idx", "type", "epoch", "step", "loss", "run_id", "seed");
        for (RunView run : revisions.showing(experimentId, () -> runs.ofExperiment(experimentId))) {
            Map<Integer, StepLosses> steps = revisions.showing(experimentId, () -> runs.stepsByEpoch(run.id(), 0));
            for (Map.Entry<Integer, StepLosses> epoch : steps.entrySet()) {
                writeSteps(run, epoch.getKey(), epoch.getValue(), csv);
            }
        }
    }

    /** One row per row of the test split, with logits as exact as float32 is: NaN and infinities as these words. */
    public static void writePredictions(Predictions predictions, Appendable out) throws IOException {
        CSVPrinter csv = FORMAT.print(out);
        csv.printRecord("row", "label", "logit");
        for (int row = 0; row < predictions.logits().length; row++) {
            csv.printRecord(row, predictions.labels()[row], predictions.logits()[row]);
        }
    }

    private static void writeSteps(RunView run, int epoch, StepLosses kept, CSVPrinter csv) throws IOException {
        for (int i = 0; i < kept.steps().length; i++) {
            double loss = kept.losses()[i];
            csv.printRecord(
                    run.trial(),
                    run.arm(),
                    epoch,
                    kept.steps()[i],
                    Double.isFinite(loss) ? loss : null,
                    run.id(),
                    run.seed());
        }
    }
}
