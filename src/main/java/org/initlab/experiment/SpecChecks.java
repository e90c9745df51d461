package org.initlab.experiment;

import java.util.List;
import java.util.Optional;
import org.initlab.experiment.SpecResolver.Resolution;
import org.initlab.platform.json.Bound;
import org.initlab.platform.json.RecordBinder;
import org.initlab.platform.problem.Fault;
import org.initlab.platform.problem.InvalidRequestException;
import org.initlab.training.Trainer;
import org.initlab.training.catalog.DatasetCatalog;
import org.initlab.training.data.DatasetSummary;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Reads specs, fills in their defaults and finds everything that keeps them from being trained. */
@Component
public class SpecChecks {
    /** What decides whether a network can be trained on the batches that the data comes to. */
    private static final List<String> OF_BATCHES = List.of("/model", "/biasInits", "/training", "/evaluation");

    private final RecordBinder binder;
    private final SpecResolver resolver;
    private final DatasetCatalog datasets;

    SpecChecks(RecordBinder binder, SpecResolver resolver, DatasetCatalog datasets) {
        this.binder = binder;
        this.resolver = resolver;
        this.datasets = datasets;
    }

    /**
     * Checks a spec as it came.
     *
     * @throws InvalidRequestException if it is not JSON
     */
    CheckedSpec check(byte[] json) {
        return check(binder.read(json, ExperimentSpec.class), new DatasetChecks(datasets));
    }

    /** Checks several specs, and looks at data that they share once. */
    public List<CheckedSpec> checkAll(List<? extends JsonNode> specs) {
        DatasetChecks data = new DatasetChecks(datasets);
        return specs.stream()
                .map(spec -> check(binder.read(spec, ExperimentSpec.class), data))
                .toList();
    }

    private CheckedSpec check(Bound<ExperimentSpec> bound, DatasetChecks datasets) {
        if (bound.value() == null) {
            return new CheckedSpec(null, bound.faults(), List.of(), Optional.empty());
        }
        Resolution resolution = resolver.resolve(bound, datasets);
        Bound<ExperimentSpec> known = bound.with(resolution.faults());
        ExperimentSpec spec = resolution.spec();
        if (known.isFaulty("/dataset")) {
            return new CheckedSpec(spec, known.faults(), resolution.warnings(), Optional.empty());
        }
        DatasetChecks.Count count = datasets.count(spec.dataset());
        List<Fault> ofData = count.fault()
                .map(detail -> List.of(new Fault("/dataset", detail)))
                .or(() -> count.data()
                        .filter(data -> OF_BATCHES.stream().noneMatch(known::isFaulty))
                        .map(data -> untrainableBatches(spec, data))
                        .filter(faults -> !faults.isEmpty()))
                .or(() -> count.data()
                        .flatMap(DatasetSummary::features)
                        .filter(rows -> !known.isFaulty("/model"))
                        .flatMap(rows -> resolver.misfit(spec, rows))
                        .map(List::of))
                .orElse(List.of());
        return new CheckedSpec(spec, known.with(ofData).faults(), resolution.warnings(), count.data());
    }

    private static List<Fault> untrainableBatches(ExperimentSpec spec, DatasetSummary data) {
        return Trainer.singleRows(spec.plan(spec.biasInits().get(0), 0), data).stream()
                .map(found -> new Fault("/" + found.part() + "/batchSize", found.detail()))
                .toList();
    }
}
