package org.initlab.experiment;

import java.util.Locale;
import org.initlab.experiment.ExperimentView.Progress;
import org.initlab.run.EpochRow;
import org.initlab.run.RunEvent.EpochCommitted;
import org.initlab.run.RunView;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.event.TransactionalEventListener;

/** Logs one line per epoch for whoever watches the worker's log. */
@Component
class ProgressLog {
    private static final Logger log = LoggerFactory.getLogger(ProgressLog.class);
    private static final int BAR = 20;

    private final ExperimentQueries experiments;

    ProgressLog(ExperimentQueries experiments) {
        this.experiments = experiments;
    }

    @TransactionalEventListener
    @Transactional(propagation = Propagation.REQUIRES_NEW, readOnly = true)
    void on(EpochCommitted event) {
        ExperimentView experiment = experiments.snapshot(event.experimentId()).view();
        log.info("{}", line(experiment, event.run(), event.epoch()));
    }

    private static String line(ExperimentView experiment, RunView run, EpochRow epoch) {
        Progress progress = experiment.progress();
        int full = (int) Math.round(BAR * progress.fraction());
        return String.format(
                Locale.ROOT,
                "[%s%s] %d/%d %s | %s trial %d epoch %d/%d | loss %s, ROC-AUC %s%s",
                "#".repeat(full),
                "-".repeat(BAR - full),
                progress.epochsDone(),
                progress.epochsTotal(),
                experiment.name(),
                run.arm(),
                run.trial(),
                epoch.epoch(),
                run.epochsTotal(),
                decimal(epoch.loss(), 4),
                decimal(epoch.rocAuc(), 3),
                epoch.rowsPerSecond() == null ? "" : ", " + decimal(epoch.rowsPerSecond(), 0) + " rows/s");
    }

    private static String decimal(Double value, int places) {
        return value == null ? "-" : String.format(Locale.ROOT, "%." + places + "f", value);
    }
}
