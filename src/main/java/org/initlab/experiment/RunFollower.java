package org.initlab.experiment;

import java.time.Clock;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.initlab.run.RunEvent;
import org.initlab.run.RunEvent.DatasetLoaded;
import org.initlab.run.RunEvent.EpochCommitted;
import org.initlab.run.RunEvent.NetworkRead;
import org.initlab.run.RunEvent.StateChanged;
import org.initlab.run.RunQueries;
import org.initlab.run.RunState;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Keeps an experiment's row in step with its runs, in the transaction that changed them. */
@Component
class RunFollower {
    private final Experiments experiments;
    private final RunQueries runs;
    private final EarlyStopping stopping;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    RunFollower(
            Experiments experiments,
            RunQueries runs,
            EarlyStopping stopping,
            ApplicationEventPublisher events,
            Clock clock) {
        this.experiments = experiments;
        this.runs = runs;
        this.stopping = stopping;
        this.events = events;
        this.clock = clock;
    }

    @EventListener
    void on(RunEvent event) {
        experiments.lock(event.experimentId()).ifPresent(experiment -> {
            if (event instanceof DatasetLoaded loaded) {
                on(loaded, experiment);
            } else if (event instanceof NetworkRead read) {
                experiment.networkRead(read.file(), read.sha256());
            } else if (event instanceof EpochCommitted committed) {
                events.publishEvent(experiment.epochCommitted(
                        committed.run().id(), committed.epoch().epoch()));
            } else if (event instanceof StateChanged changed) {
                on(changed, experiment);
            }
        });
    }

    private void on(DatasetLoaded loaded, Experiment experiment) {
        if (experiment.dataRead(loaded.dataset())) {
            events.publishEvent(experiment.changed());
        }
    }

    private void on(StateChanged changed, Experiment experiment) {
        boolean wasOver = experiment.state().isFinal();
        experiment.runsChanged(ExperimentState.of(counts(experiment.id())), clock.instant());
        events.publishEvent(experiment.changed(changed.runs()));
        events.publishEvent(experiment.changed());
        if (!wasOver && experiment.state().isFinal()) {
            events.publishEvent(experiment.ended());
        }
        if (changed.runs().stream().anyMatch(run -> EarlyStopping.isFinished(run.state()))
                && stopping.look(experiment)) {
            events.publishEvent(experiment.changed());
        }
    }

    private Map<RunState, Long> counts(UUID experimentId) {
        Map<RunState, Long> counts = new EnumMap<>(RunState.class);
        runs.tally(List.of(experimentId)).forEach(tally -> counts.put(tally.state(), tally.runs()));
        return counts;
    }
}
