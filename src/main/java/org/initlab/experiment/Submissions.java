package org.initlab.experiment;

import java.util.List;
import java.util.Optional;
import org.initlab.platform.json.Bound;
import org.initlab.platform.json.RecordBinder;
import org.initlab.platform.problem.Fault;
import org.initlab.platform.problem.InvalidRequestException;
import org.initlab.training.TaskSummary;
import org.initlab.training.TrainingException;
import org.initlab.training.data.DatasetCatalog;
import org.initlab.training.data.ImageTransform;
import org.initlab.training.weights.WeightsCatalog;
import org.springframework.stereotype.Component;

/** Takes a spec from JSON to a stored experiment. */
@Component
public class Submissions {
    private final RecordBinder binder;
    private final SpecResolver resolver;
    private final DatasetCatalog datasets;
    private final ExperimentService experiments;
    private final ExperimentQueries queries;

    Submissions(
            RecordBinder binder,
            SpecResolver resolver,
            DatasetCatalog datasets,
            ExperimentService experiments,
            ExperimentQueries queries) {
        this.binder = binder;
        this.resolver = resolver;
        this.datasets = datasets;
        this.experiments = experiments;
        this.queries = queries;
    }

    /**
     * Submits a spec.
     *
     * @param json the spec as it came
     * @throws InvalidRequestException with all that is wrong with it
     */
    public ExperimentView submit(byte[] json) {
        Bound<ExperimentSpec> bound = binder.read(json, ExperimentSpec.class);
        if (bound.value() == null) {
            bound.orThrow();
        }
        SpecResolver.Resolution resolution = resolver.resolve(bound.value());
        bound.with(resolution.faults()).orThrow();
        ExperimentSpec spec = resolution.spec();
        return queries.get(experiments.submit(spec, knownTask(spec)));
    }

    /** Reads data that is here already, so that a task that cannot be trained is refused at once. */
    private Optional<TaskSummary> knownTask(ExperimentSpec spec) {
        if (!datasets.named(spec.dataset().name()).orElseThrow().available()) {
            return Optional.empty();
        }
        try {
            ImageTransform transform = WeightsCatalog.transform(spec.model());
            return Optional.of(TaskSummary.of(datasets.load(spec.dataset(), transform, () -> {})));
        } catch (TrainingException e) {
            throw new InvalidRequestException(List.of(new Fault("/dataset", e.getMessage())));
        }
    }
}
