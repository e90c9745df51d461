package org.initlab.experiment;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.initlab.platform.problem.NotFoundException;
import org.initlab.run.RunQueries;
import org.initlab.run.RunTally;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Reads experiments. */
@Service
@Transactional(readOnly = true)
public class ExperimentQueries {
    private final Experiments experiments;
    private final RunQueries runs;
    private final Revisions revisions;

    ExperimentQueries(Experiments experiments, RunQueries runs, Revisions revisions) {
        this.experiments = experiments;
        this.runs = runs;
        this.revisions = revisions;
    }

    /**
     * One experiment.
     *
     * @throws NotFoundException if there is none
     */
    public ExperimentView get(UUID id) {
        Snapshot snapshot = snapshot(id);
        return snapshot.view(runs.waitingFor(snapshot.tallies()));
    }

    /**
     * One experiment without its runs.
     *
     * @throws NotFoundException if there is none
     */
    public ExperimentOutline outline(UUID id) {
        return experiments.findById(id).orElseThrow(() -> notFound(id)).outline();
    }

    /** Whether the experiment is finished or gone, so that nothing happens to it unless a user asks for more. */
    public boolean isOver(UUID id) {
        return experiments.state(id).map(ExperimentState::isFinal).orElse(true);
    }

    /**
     * One experiment, as far as its revision determines it.
     *
     * @throws NotFoundException if there is none
     */
    Snapshot snapshot(UUID id) {
        Experiment experiment = experiments.findById(id).orElseThrow(() -> notFound(id));
        return snapshots(List.of(experiment)).get(0);
    }

    /** An experiment without what its runs wait for, which also depends on the workers. */
    record Snapshot(ExperimentView view, List<RunTally> tallies) {
        ExperimentView view(Map<UUID, String> waitingFor) {
            return view.waitingFor(waitingFor.get(view.id()));
        }
    }

    /** A page of the experiments that match. */
    public Page<ExperimentView> list(ExperimentFilter filter, Pageable page) {
        Page<Experiment> found = experiments.findAll(filter.toSpecification(), page);
        List<Snapshot> snapshots = snapshots(found.getContent());
        Map<UUID, String> waitingFor = runs.waitingFor(
                snapshots.stream().flatMap(each -> each.tallies().stream()).toList());
        Map<UUID, ExperimentView> byId = snapshots.stream()
                .map(each -> each.view(waitingFor))
                .collect(Collectors.toMap(ExperimentView::id, view -> view));
        return found.map(experiment -> byId.get(experiment.id()));
    }

    public boolean isEmpty() {
        return !experiments.existsBy();
    }

    private List<Snapshot> snapshots(List<Experiment> found) {
        List<UUID> ids = found.stream().map(Experiment::id).toList();
        Map<UUID, List<RunTally>> tallies = revisions.showing(ids, () -> runs.tally(ids)).stream()
                .collect(Collectors.groupingBy(RunTally::experimentId));
        Map<UUID, Double> epochSeconds = runs.meanEpochSeconds(found.stream()
                .filter(experiment -> !experiment.state().isFinal())
                .map(Experiment::id)
                .toList());
        return found.stream()
                .map(experiment -> snapshot(
                        experiment,
                        tallies.getOrDefault(experiment.id(), List.of()),
                        epochSeconds.get(experiment.id())))
                .toList();
    }

    private static Snapshot snapshot(Experiment experiment, List<RunTally> tallies, Double epochSeconds) {
        return new Snapshot(ViewAssembler.view(experiment, tallies, epochSeconds), tallies);
    }

    static NotFoundException notFound(UUID id) {
        return new NotFoundException("there is no experiment " + id);
    }
}
