package org.initlab.experiment;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.initlab.experiment.SpecResolver.Resolution;
import org.initlab.platform.json.Bound;
import org.initlab.platform.json.RecordBinder;
import org.initlab.platform.problem.Fault;
import org.initlab.platform.problem.InvalidRequestException;
import org.initlab.training.Trainer;
import org.initlab.training.catalog.DatasetCatalog;
import org.initlab.training.data.ContentException;
import org.initlab.training.data.DatasetInfo;
import org.initlab.training.data.DatasetSummary;
import org.initlab.training.spec.DatasetSpec;
import org.initlab.training.spec.TrainingException;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Reads specs, fills in their defaults and finds everything that keeps them from being trained. */
@Component
public class SpecChecks {
    private final RecordBinder binder;
    private final SpecResolver resolver;
    private final DatasetCatalog datasets;

    SpecChecks(RecordBinder binder, SpecResolver resolver, DatasetCatalog datasets) {
        this.binder = binder;
        this.resolver = resolver;
        this.datasets = datasets;
    }

    /** What counting a spec's data came to. */
    private record Count(Optional<DatasetSummary> data, Optional<String> fault) {}

    /**
     * Checks a spec as it came.
     *
     * @throws InvalidRequestException if it is not JSON
     */
    CheckedSpec check(byte[] json) {
        return check(binder.read(json, ExperimentSpec.class), new HashMap<>());
    }

    /** Checks several specs, and counts data that they share once. */
    public List<CheckedSpec> checkAll(List<? extends JsonNode> specs) {
        Map<DatasetSpec, Count> counted = new HashMap<>();
        return specs.stream()
                .map(spec -> check(binder.read(spec, ExperimentSpec.class), counted))
                .toList();
    }

    private CheckedSpec check(Bound<ExperimentSpec> bound, Map<DatasetSpec, Count> counted) {
        if (bound.value() == null) {
            return new CheckedSpec(null, bound.faults(), List.of(), Optional.empty());
        }
        Resolution resolution = resolver.resolve(bound.value());
        List<Fault> faults = bound.with(resolution.faults()).faults();
        ExperimentSpec spec = resolution.spec();
        if (!faults.isEmpty()) {
            return new CheckedSpec(spec, faults, resolution.warnings(), Optional.empty());
        }
        Count count = counted.computeIfAbsent(spec.dataset(), this::count);
        List<Fault> ofData = count.fault()
                .map(detail -> new Fault("/dataset", detail))
                .or(() -> count.data().flatMap(data -> untrainableBatches(spec, data)))
                .map(List::of)
                .orElse(List.of());
        return new CheckedSpec(spec, ofData, resolution.warnings(), count.data());
    }

    /** Counts the labels of data that is here and small, so that an experiment that cannot be trained is refused at once. */
    private Count count(DatasetSpec dataset) {
        DatasetInfo info = datasets.named(dataset.name()).orElseThrow();
        try {
            return new Count(
                    info.available() && datasets.isQuicklyCounted(dataset)
                            ? Optional.of(datasets.summarize(dataset))
                            : Optional.empty(),
                    Optional.empty());
        } catch (ContentException e) {
            // a row that cannot be trained on ends the run, whose failure names it
            return new Count(Optional.empty(), Optional.empty());
        } catch (TrainingException e) {
            return new Count(Optional.empty(), Optional.of(e.getMessage()));
        }
    }

    private static Optional<Fault> untrainableBatches(ExperimentSpec spec, DatasetSummary data) {
        try {
            Trainer.requireTrainableBatches(spec.plan(spec.biasInits().get(0), 0), data);
            return Optional.empty();
        } catch (TrainingException e) {
            return Optional.of(new Fault("/training/batchSize", e.getMessage()));
        }
    }
}
