package org.initlab.experiment;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.initlab.platform.http.Cursor;
import org.initlab.platform.http.PageQuery;
import org.initlab.platform.problem.NotFoundException;
import org.initlab.run.RunQueries;
import org.initlab.run.RunTally;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageImpl;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.Slice;
import org.springframework.data.domain.SliceImpl;
import org.springframework.data.jpa.domain.Specification;
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

    /** The experiment as a change leaves it; in the transaction of the change. */
    public ExperimentView get(ExperimentEvent.RunsChanged change) {
        return ViewAssembler.view(find(change.experimentId()), change.tallies()).waitingFor(change.waitingFor());
    }

    /**
     * One experiment without its runs.
     *
     * @throws NotFoundException if there is none
     */
    public ExperimentOutline outline(UUID id) {
        return find(id).outline();
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
        return snapshots(List.of(find(id))).get(0);
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
        return new PageImpl<>(views(found.getContent()), page, found.getTotalElements());
    }

    /**
     * The experiments that match and come after a place, newest first.
     *
     * @param size how many at most
     */
    public Slice<ExperimentView> listAfter(ExperimentFilter filter, Cursor place, int size) {
        List<Experiment> found = experiments.findBy(
                filter.toSpecification().and(after(place)),
                query -> query.sortBy(PageQuery.NEWEST_FIRST).limit(size + 1).all());
        boolean more = found.size() > size;
        return new SliceImpl<>(views(more ? found.subList(0, size) : found), PageRequest.ofSize(size), more);
    }

    private static Specification<Experiment> after(Cursor place) {
        return (experiment, query, builder) -> builder.or(
                builder.lessThan(experiment.<Instant>get("createdAt"), place.createdAt()),
                builder.and(
                        builder.equal(experiment.get("createdAt"), place.createdAt()),
                        builder.lessThan(experiment.<UUID>get("id"), place.id())));
    }

    private List<ExperimentView> views(List<Experiment> found) {
        List<Snapshot> snapshots = snapshots(found);
        Map<UUID, String> waitingFor = runs.waitingFor(
                snapshots.stream().flatMap(each -> each.tallies().stream()).toList());
        return snapshots.stream().map(each -> each.view(waitingFor)).toList();
    }

    public boolean isEmpty() {
        return !experiments.existsBy();
    }

    private List<Snapshot> snapshots(List<Experiment> found) {
        List<UUID> ids = found.stream().map(Experiment::id).toList();
        Map<UUID, List<RunTally>> tallies = revisions.showing(ids, () -> runs.tally(ids)).stream()
                .collect(Collectors.groupingBy(RunTally::experimentId));
        return found.stream()
                .map(experiment -> snapshot(experiment, tallies.getOrDefault(experiment.id(), List.of())))
                .toList();
    }

    private static Snapshot snapshot(Experiment experiment, List<RunTally> tallies) {
        return new Snapshot(ViewAssembler.view(experiment, tallies), tallies);
    }

    private Experiment find(UUID id) {
        return experiments.findById(id).orElseThrow(() -> notFound(id));
    }

    static NotFoundException notFound(UUID id) {
        return new NotFoundException("there is no experiment " + id);
    }
}
