package org.initlab.observe;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.initlab.experiment.ExperimentStatistics;
import org.initlab.experiment.ExperimentStatistics.Named;
import org.initlab.observe.StateReading.Curve;
import org.initlab.platform.ConditionalOnRole;
import org.initlab.platform.Role;
import org.initlab.run.EpochRow;
import org.initlab.run.RunStatistics;
import org.initlab.run.RunStatistics.LastEpoch;
import org.initlab.run.RunStatistics.Waiting;
import org.initlab.worker.WorkerView;
import org.initlab.worker.Workers;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/** Asks each package for its part of what the state gauges show, in one snapshot of the database. */
@Component
@ConditionalOnRole(Role.API)
class StateQuery {
    private static final int MOST_LIVE = 20;
    private static final double NANOS = 1e9;

    private final ExperimentStatistics experiments;
    private final RunStatistics runs;
    private final Workers workers;
    private final Clock clock;

    StateQuery(ExperimentStatistics experiments, RunStatistics runs, Workers workers, Clock clock) {
        this.experiments = experiments;
        this.runs = runs;
        this.workers = workers;
        this.clock = clock;
    }

    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    StateReading read() {
        Map<StateReading.Key, Double> values = new HashMap<>();
        put(values, "initlab.experiments", experiments.byState());
        put(values, "initlab.runs", runs.byState());
        put(values, "initlab.workers", workers.all().stream().collect(groupingBy(WorkerView::state, counting())));
        Instant now = clock.instant();
        putQueue(values, now);
        runs.oldestProgress()
                .ifPresent(
                        time -> values.put(new StateReading.Key("initlab.runs.progress.age", ""), seconds(time, now)));
        return new StateReading(values, curves());
    }

    private static void put(Map<StateReading.Key, Double> values, String gauge, Map<? extends Enum<?>, Long> counts) {
        counts.forEach((state, count) -> values.put(new StateReading.Key(gauge, state.name()), (double) count));
    }

    private void putQueue(Map<StateReading.Key, Double> values, Instant now) {
        Map<UUID, Integer> priorities = experiments.unusualPriorities();
        for (Waiting waiting : runs.waiting()) {
            String label = label(priorities.getOrDefault(waiting.experimentId(), 0));
            values.merge(new StateReading.Key("initlab.queue.runs", label), (double) waiting.runs(), Double::sum);
            values.merge(
                    new StateReading.Key("initlab.queue.oldest.wait", label), seconds(waiting.since(), now), Math::max);
        }
    }

    private static String label(int priority) {
        return priority > 0 ? "high" : priority < 0 ? "low" : "normal";
    }

    /** If two running experiments share a name, the newer one's arm counts. */
    private List<Curve> curves() {
        List<Named> live = experiments.newestRunning(MOST_LIVE);
        Map<UUID, List<LastEpoch>> epochs = runs
                .lastEpochs(live.stream().map(Named::id).toList())
                .stream()
                .collect(groupingBy(LastEpoch::experimentId));
        List<Curve> curves = new ArrayList<>();
        Set<List<String>> shown = new HashSet<>();
        for (Named experiment : live) {
            for (LastEpoch last : epochs.getOrDefault(experiment.id(), List.of())) {
                if (shown.add(List.of(experiment.name(), last.arm()))) {
                    curves.add(curve(experiment.name(), last.arm(), last.epoch()));
                }
            }
        }
        return curves;
    }

    private static Curve curve(String experiment, String arm, EpochRow row) {
        return new Curve(
                experiment,
                arm,
                row.epoch(),
                orNaN(row.loss()),
                orNaN(row.objective()),
                orNaN(row.rocAuc()),
                orNaN(row.meanProbability()),
                orNaN(row.ece()),
                orNaN(row.outputBias()));
    }

    private static double orNaN(Double value) {
        return value == null ? Double.NaN : value;
    }

    private static double seconds(Instant since, Instant now) {
        return Duration.between(since, now).toNanos() / NANOS;
    }
}
