package org.initlab.experiment;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.initlab.run.RunEvent;
import org.initlab.run.RunEvent.DatasetLoaded;
import org.initlab.run.RunEvent.EpochCommitted;
import org.initlab.run.RunEvent.NetworkRead;
import org.initlab.run.RunQueries;
import org.initlab.run.RunState;
import org.initlab.run.RunTally;
import org.initlab.run.RunView;
import org.initlab.run.StateChanged;
import org.initlab.worker.LiveDevices;
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
    private final Revisions revisions;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    RunFollower(
            Experiments experiments,
            RunQueries runs,
            EarlyStopping stopping,
            Revisions revisions,
            ApplicationEventPublisher events,
            Clock clock) {
        this.experiments = experiments;
        this.runs = runs;
        this.stopping = stopping;
        this.revisions = revisions;
        this.events = events;
        this.clock = clock;
    }

    @EventListener
    void on(RunEvent event) {
        // before the experiment's lock, for which its other workers wait
        runs.flush();
        if (event instanceof EpochCommitted committed) {
            on(committed);
        } else if (event instanceof DatasetLoaded loaded && isNews(loaded)) {
            experiments.lock(event.experimentId()).ifPresent(experiment -> on(loaded, experiment));
        } else if (event instanceof NetworkRead read) {
            experiments
                    .lock(event.experimentId())
                    .ifPresent(experiment -> experiment.networkRead(read.file(), read.sha256()));
        }
    }

    @EventListener
    void on(StateChanged changed) {
        // before the experiments' locks
        runs.flush();
        LiveDevices live = runs.liveDevices();
        List<Experiment> followed = experiments.lockAll(changed.runs().keySet());
        Map<UUID, List<RunTally>> tallies =
                runs.tally(changed.runs().keySet()).stream().collect(Collectors.groupingBy(RunTally::experimentId));
        List<UUID> toFold = new ArrayList<>();
        for (Experiment experiment : followed) {
            long before = experiment.revision();
            on(changed.runs().get(experiment.id()), experiment, tallies.getOrDefault(experiment.id(), List.of()), live);
            if (experiment.state().isFinal() || before / CHANGES_A_FOLD != experiment.revision() / CHANGES_A_FOLD) {
                toFold.add(experiment.id());
            }
        }
        if (!toFold.isEmpty()) {
            runs.foldTallies(toFold);
        }
    }

    private void on(EpochCommitted committed) {
        revisions.next(committed.experimentId()).ifPresent(revision -> {
            events.publishEvent(new ExperimentEvent.EpochCommitted(
                    committed.experimentId(),
                    revision,
                    committed.run().id(),
                    committed.epoch().epoch()));
            if (revision % CHANGES_A_FOLD == 0) {
                runs.foldTallies(List.of(committed.experimentId()));
            }
        });
    }

    /** Asked without the lock: all runs but the first find what is known. */
    private boolean isNews(DatasetLoaded loaded) {
        return experiments
                .datasetSummary(loaded.experimentId())
                .filter(known -> known.covers(loaded.dataset()))
                .isEmpty();
    }

    private void on(DatasetLoaded loaded, Experiment experiment) {
        if (experiment.dataRead(loaded.dataset())) {
            events.publishEvent(experiment.changed());
        }
    }

    private void on(List<RunView> changed, Experiment experiment, List<RunTally> tallies, LiveDevices live) {
        boolean wasOver = experiment.state().isFinal();
        experiment.runsChanged(ExperimentState.of(counts(tallies)), clock.instant());
        String waitingFor = RunQueries.waitingFor(tallies, live).get(experiment.id());
        events.publishEvent(experiment.changed(changed, tallies, waitingFor));
        if (!wasOver && experiment.state().isFinal()) {
            events.publishEvent(experiment.ended());
        }
        if (changed.stream().anyMatch(run -> EarlyStopping.isFinished(run.state())) && stopping.look(experiment)) {
            events.publishEvent(experiment.changed());
        }
    }

    private static Map<RunState, Long> counts(List<RunTally> tallies) {
        return tallies.stream().collect(Collectors.toMap(RunTally::state, RunTally::runs));
    }
}
