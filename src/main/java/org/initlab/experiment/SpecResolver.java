package org.initlab.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.initlab.platform.json.Bound;
import org.initlab.platform.json.Nearest;
import org.initlab.platform.problem.Fault;
import org.initlab.training.catalog.DatasetCatalog;
import org.initlab.training.catalog.NetworkCatalog;
import org.initlab.training.catalog.NetworkFiles;
import org.initlab.training.catalog.WeightsCatalog;
import org.initlab.training.data.DatasetInfo;
import org.initlab.training.network.Architecture;
import org.initlab.training.spec.ModelSpec;
import org.initlab.training.spec.RowShape;
import org.initlab.training.spec.TrainingException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Checks a spec against the data sets, networks and weights that there are, and fills in the defaults that depend on them. */
@Component
class SpecResolver {
    private static final String WEIGHTS = "/model/weights";

    private final DatasetCatalog datasets;
    private final WeightsCatalog weights;
    private final NetworkFiles networks;

    SpecResolver(DatasetCatalog datasets, WeightsCatalog weights, NetworkFiles networks) {
        this.datasets = datasets;
        this.weights = weights;
        this.networks = networks;
    }

    /**
     * The spec with every default filled in, and what is wrong with it; without a fault it can be trained as it is.
     *
     * @param bound a part that did not bind is at its default, and what would only follow from that is no fault
     * @param data looks at its data
     */
    Resolution resolve(Bound<ExperimentSpec> bound, DatasetChecks data) {
        ExperimentSpec spec = bound.value();
        List<Fault> faults = new ArrayList<>();
        List<String> warnings = new ArrayList<>();
        TrainingRules.check(bound, faults, warnings);
        StoppingRules.check(bound, faults);
        DatasetChecks.Named dataset = data.resolve(spec.dataset());
        faults.addAll(dataset.faults());
        Optional<Architecture> architecture = architecture(spec.model(), faults);
        RowShape rows = dataset.info().map(DatasetInfo::shape).orElse(null);
        ModelSpec model = architecture
                .map(known -> isGuess(bound, dataset)
                        ? known.resolve(spec.model(), rows)
                        : resolved(spec, known, rows, faults, warnings))
                .orElse(spec.model());
        return new Resolution(spec.with(dataset.spec(), model), faults, warnings);
    }

    /** The same for a spec that is checked by itself. */
    Resolution resolve(Bound<ExperimentSpec> bound) {
        return resolve(bound, new DatasetChecks(datasets));
    }

    /**
     * A resolved spec, or the faults that keep it from being one.
     *
     * @param warnings what the user should know though the spec can be trained, as sentences
     */
    record Resolution(ExperimentSpec spec, List<Fault> faults, List<String> warnings) {}

    private ModelSpec resolved(
            ExperimentSpec experiment,
            Architecture architecture,
            @Nullable RowShape rows,
            List<Fault> faults,
            List<String> warnings) {
        ModelSpec spec = experiment.model();
        Stream.concat(architecture.faults(spec, rows).stream(), networks.faults(spec, experiment.trials()).stream())
                .forEach(fault -> faults.add(new Fault("/model/" + fault.field(), fault.detail())));
        ModelSpec model = architecture.resolve(spec, rows);
        if (faults.stream().noneMatch(fault -> fault.pointer().equals(WEIGHTS))) {
            try {
                weights.check(model, rows).ifPresent(warnings::add);
            } catch (TrainingException e) {
                faults.add(new Fault(WEIGHTS, e.getMessage()));
            }
        }
        return model;
    }

    /** Whether the network is the default one, and it is not even known of what: then nothing can be wrong with it. */
    private static boolean isGuess(Bound<ExperimentSpec> bound, DatasetChecks.Named dataset) {
        ExperimentSpec spec = bound.value();
        String usual =
                spec.dataset() == null ? ModelSpec.REFERENCE : spec.dataset().defaultArchitecture();
        return bound.isFaulty("/model/architecture")
                || (dataset.info().isEmpty() && spec.model().architecture().equals(usual));
    }

    /** What keeps weights from a network that depends on how many features a table turned out to have. */
    Optional<Fault> misfit(ExperimentSpec spec, RowShape rows) {
        try {
            weights.check(spec.model(), rows);
            return Optional.empty();
        } catch (TrainingException e) {
            return Optional.of(new Fault(WEIGHTS, e.getMessage()));
        }
    }

    private static Optional<Architecture> architecture(ModelSpec spec, List<Fault> faults) {
        Optional<Architecture> architecture = NetworkCatalog.named(spec.architecture());
        if (architecture.isEmpty()) {
            List<String> names =
                    NetworkCatalog.all().stream().map(Architecture::name).toList();
            faults.add(new Fault("/model/architecture", Nearest.unknown("architecture", spec.architecture(), names)));
        }
        return architecture;
    }
}
