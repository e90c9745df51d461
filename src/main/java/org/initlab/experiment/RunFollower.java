package org.initlab.experiment;

import java.time.Clock;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.initlab.run.RunEvent;
import org.initlab.run.RunEvent.Claimed;
import org.initlab.run.RunEvent.DatasetLoaded;
import org.initlab.run.RunEvent.Ended;
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
    /** After so many changes of an experiment, its tally is folded. */
    private static final int CHANGES_A_FOLD = 64;

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
        if (!concernsExperiment(event)) {
            return;
        }
        // before the lock, which all workers of the experiment wait for
        runs.flush();
        experiments.lock(event.experimentId()).ifPresent(experiment -> {
            long before = experiment.revision();
            follow(event, experiment);
            if (before / CHANGES_A_FOLD != experiment.revision() / CHANGES_A_FOLD) {
                runs.foldTally(experiment.id());
            }
        });
    }

    private boolean concernsExperiment(RunEvent event) {
        if (event instanceof DatasetLoaded loaded) {
            // asked without the lock: all runs but the first tell what is known
            return experiments
                    .datasetSummary(event.experimentId())
                    .filter(known -> known.covers(loaded.dataset()))
                    .isEmpty();
        }
        return !(event instanceof Claimed) && !(event instanceof Ended);
    }

    private void follow(RunEvent event, Experiment experiment) {
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
