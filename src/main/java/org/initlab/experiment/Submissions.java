package org.initlab.experiment;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
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

/** Takes a spec from JSON to a stored experiment. */
@Component
public class Submissions {
    private final RecordBinder binder;
    private final SpecResolver resolver;
    private final DatasetCatalog datasets;
    private final ExperimentService experiments;
    private final IdempotencyKeys keys;
    private final ExperimentQueries queries;
    private final ObservationRegistry observations;

    Submissions(
            RecordBinder binder,
            SpecResolver resolver,
            DatasetCatalog datasets,
            ExperimentService experiments,
            IdempotencyKeys keys,
            ExperimentQueries queries,
            ObservationRegistry observations) {
        this.binder = binder;
        this.resolver = resolver;
        this.datasets = datasets;
        this.experiments = experiments;
        this.keys = keys;
        this.queries = queries;
        this.observations = observations;
    }

    /**
     * Submits a spec.
     *
     * @param json the spec as it came
     * @param idempotencyKey the client's name for this submission; the same one again answers with the same experiment
     * @throws InvalidRequestException with all that is wrong with it
     */
    public ExperimentView submit(byte[] json, Optional<String> idempotencyKey) {
        return Observation.createNotStarted("initlab.submit", observations)
                .observe(() -> submitOnce(json, idempotencyKey));
    }

    private ExperimentView submitOnce(byte[] json, Optional<String> idempotencyKey) {
        Optional<IdempotencyKeys.Key> key = idempotencyKey.map(name -> IdempotencyKeys.Key.of(name, json));
        Optional<UUID> earlier = key.flatMap(keys::experimentOf);
        return queries.get(earlier.orElseGet(() -> store(json, key)));
    }

    private UUID store(byte[] json, Optional<IdempotencyKeys.Key> key) {
        Resolution resolved = resolve(json);
        try {
            return experiments.submit(resolved, knownData(resolved.spec()), key);
        } catch (KeyTakenException e) {
            return keys.experimentOf(key.orElseThrow()).orElseThrow(() -> e);
        }
    }

    private Resolution resolve(byte[] json) {
        Bound<ExperimentSpec> bound = binder.read(json, ExperimentSpec.class);
        if (bound.value() == null) {
            bound.orThrow();
        }
        Resolution resolution = resolver.resolve(bound.value());
        bound.with(resolution.faults()).orThrow();
        return resolution;
    }

    /** Counts the labels of data that is here and small, so that an experiment that cannot be trained is refused at once. */
    private Optional<DatasetSummary> knownData(ExperimentSpec spec) {
        DatasetInfo info = datasets.named(spec.dataset().name()).orElseThrow();
        if (!info.available() || !orFault("/dataset", () -> datasets.isQuicklyCounted(spec.dataset()))) {
            return Optional.empty();
        }
        Optional<DatasetSummary> data = orFault("/dataset", () -> counted(spec.dataset()));
        return orFault("/training/batchSize", () -> {
            data.ifPresent(counts ->
                    Trainer.requireTrainableBatches(spec.plan(spec.biasInits().get(0), 0), counts));
            return data;
        });
    }

    /** A row that cannot be trained on ends the run, whose failure names it. */
    private Optional<DatasetSummary> counted(DatasetSpec dataset) {
        try {
            return Optional.of(datasets.summarize(dataset));
        } catch (ContentException e) {
            return Optional.empty();
        }
    }

    private static <T> T orFault(String pointer, Supplier<T> step) {
        try {
            return step.get();
        } catch (TrainingException e) {
            throw new InvalidRequestException(List.of(new Fault(pointer, e.getMessage())));
        }
    }
}
