package org.initlab.observe;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.initlab.platform.ConditionalOnRole;
import org.initlab.platform.Role;
import org.initlab.run.RunEvent.Claimed;
import org.initlab.run.RunEvent.Ended;
import org.initlab.run.RunEvent.EpochCommitted;
import org.initlab.run.RunState;
import org.initlab.run.RunView;
import org.initlab.run.WorkerEvent.CheckpointWritten;
import org.initlab.run.WorkerEvent.EpochTimed;
import org.initlab.run.WorkerEvent.LeaseLost;
import org.initlab.training.Phase;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/** What this worker does. All meters exist from the start, so that a rate sees their first step. */
@Component
@ConditionalOnRole(Role.WORKER)
class TrainingMeters {
    private final Map<Phase, Timer> phases = new EnumMap<>(Phase.class);
    private final Map<RunState, Timer> runs = new EnumMap<>(RunState.class);
    private final Timer waiting;
    private final Counter retries;
    private final Counter leasesLost;
    private final Counter diverged;
    private final Counter epochs;
    private final DistributionSummary checkpointSize;
    private volatile double rowsPerSecond = Double.NaN;

    TrainingMeters(MeterRegistry registry) {
        for (Phase phase : Phase.values()) {
            phases.put(
                    phase,
                    Timer.builder("initlab.epoch.phase")
                            .tag("phase", phase.name().toLowerCase(Locale.ROOT))
                            .description("Time of an epoch by what it went into")
                            .register(registry));
        }
        for (RunState end : new RunState[] {RunState.SUCCEEDED, RunState.FAILED, RunState.DIVERGED}) {
            runs.put(
                    end,
                    Timer.builder("initlab.run.duration")
                            .tag("state", end.name())
                            .description("Time from a run's first attempt to its end")
                            .register(registry));
        }
        waiting = Timer.builder("initlab.run.waiting")
                .description("Time from a run's submission to its first attempt")
                .register(registry);
        retries = counter(registry, "initlab.retries", "retries", "Attempts at runs that had one before");
        leasesLost =
                counter(registry, "initlab.lost.leases", "leases", "Attempts whose run was cancelled or taken over");
        diverged = counter(registry, "initlab.diverged.runs", "runs", "Runs whose loss became infinite or NaN");
        epochs = counter(registry, "initlab.epochs", "epochs", "Epochs that were trained, evaluated and stored");
        checkpointSize = DistributionSummary.builder("initlab.checkpoint.size")
                .baseUnit("bytes")
                .description("Size of a checkpoint's file")
                .register(registry);
        // dashboards made for an older version ask for images
        for (String name : List.of("initlab.training.rows.per.second", "initlab.training.images.per.second")) {
            Gauge.builder(name, () -> rowsPerSecond)
                    .description("Training rows a second in the last epoch; NaN before the first and after a run's end")
                    .register(registry);
        }
    }

    private static Counter counter(MeterRegistry registry, String name, String unit, String description) {
        return Counter.builder(name).baseUnit(unit).description(description).register(registry);
    }

    @TransactionalEventListener
    void on(Claimed event) {
        RunView run = event.run();
        if (run.attempts() > 1) {
            retries.increment();
        } else {
            waiting.record(Duration.between(run.createdAt(), run.startedAt()));
        }
    }

    @TransactionalEventListener
    void on(EpochCommitted event) {
        epochs.increment();
        Double rate = event.epoch().rowsPerSecond();
        rowsPerSecond = rate == null ? Double.NaN : rate;
    }

    @TransactionalEventListener
    void on(Ended event) {
        RunView run = event.run();
        runs.get(run.state()).record(Duration.between(run.startedAt(), run.finishedAt()));
        if (run.state() == RunState.DIVERGED) {
            diverged.increment();
        }
        rowsPerSecond = Double.NaN;
    }

    @EventListener
    void on(EpochTimed event) {
        event.phases().forEach((phase, time) -> phases.get(phase).record(time));
    }

    @EventListener
    void on(CheckpointWritten event) {
        checkpointSize.record((double) event.bytes());
    }

    @EventListener
    void on(LeaseLost event) {
        leasesLost.increment();
    }
}
