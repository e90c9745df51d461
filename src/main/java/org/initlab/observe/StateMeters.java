package org.initlab.observe;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.initlab.experiment.ExperimentState;
import org.initlab.observe.StateReading.ArmValue;
import org.initlab.platform.ConditionalOnRole;
import org.initlab.platform.DatabaseOutage;
import org.initlab.platform.Role;
import org.initlab.run.RunState;
import org.initlab.worker.WorkerView;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Gauges of the whole database's state, shown by every process with the role api; NaN while the database is unavailable. */
@Component
@ConditionalOnRole(Role.API)
class StateMeters {
    private static final Logger log = LoggerFactory.getLogger(StateMeters.class);
    private static final List<String> PRIORITIES = List.of("high", "normal", "low");

    private final StateQuery query;
    private final MeterRegistry registry;
    private final Map<String, MultiGauge> live = new LinkedHashMap<>();
    private volatile StateReading last;

    StateMeters(StateQuery query, MeterRegistry registry) {
        this.query = query;
        this.registry = registry;
        gauges("initlab.experiments", "state", names(ExperimentState.values()), "experiments", "Experiments by state");
        gauges("initlab.runs", "state", names(RunState.values()), "runs", "Runs by state");
        gauges("initlab.workers", "state", names(WorkerView.State.values()), "workers", "Workers by whether they live");
        gauges("initlab.queue.runs", "priority", PRIORITIES, "runs", "Runs that wait for a worker");
        String wait = "Time since the run was submitted that waits longest for a worker";
        gauges("initlab.queue.oldest.wait", "priority", PRIORITIES, "seconds", wait);
        Gauge.builder("initlab.runs.progress.age", () -> value("initlab.runs.progress.age", ""))
                .baseUnit("seconds")
                .description("Time since the last checkpoint of the running run that has made none for longest")
                .register(registry);
        live("initlab.live.epoch", "Last epoch of a live experiment's arm");
        live("initlab.live.loss", "Test loss after that epoch, in nats");
        live("initlab.live.objective", "Training objective on the test split after that epoch, in nats");
        live("initlab.live.roc.auc", "Test ROC-AUC after that epoch");
        live("initlab.live.mean.probability", "Mean predicted probability on the test split after that epoch");
        live("initlab.live.ece", "Expected calibration error on the test split after that epoch");
        live("initlab.live.output.bias", "Output bias after that epoch, a logit");
    }

    private static List<String> names(Enum<?>[] values) {
        return Stream.of(values).map(Enum::name).toList();
    }

    private void gauges(String name, String tag, List<String> labels, String unit, String description) {
        for (String label : labels) {
            Gauge.builder(name, () -> value(name, label))
                    .tag(tag, label)
                    .baseUnit(unit)
                    .description(description)
                    .register(registry);
        }
    }

    private double value(String gauge, String label) {
        StateReading reading = last;
        return reading == null ? Double.NaN : reading.value(gauge, label);
    }

    private void live(String name, String description) {
        live.put(name, MultiGauge.builder(name).description(description).register(registry));
    }

    /** Reads the database ahead of scrapes, so that none waits for it. */
    @Scheduled(fixedDelayString = "PT5S")
    void refresh() {
        try {
            show(query.read());
        } catch (RuntimeException e) {
            show(null);
            if (!DatabaseOutage.isCauseOf(e)) {
                throw e;
            }
            log.debug("The gauges are NaN: the database is unavailable", e);
        }
    }

    private void show(StateReading reading) {
        last = reading;
        live.forEach((name, gauge) -> gauge.register(reading == null ? List.of() : rows(reading.live(name)), true));
    }

    private static List<MultiGauge.Row<?>> rows(List<ArmValue> values) {
        return values.stream()
                .<MultiGauge.Row<?>>map(value ->
                        MultiGauge.Row.of(Tags.of("experiment", value.experiment(), "arm", value.arm()), value.value()))
                .toList();
    }
}
