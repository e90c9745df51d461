package org.initlab.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.initlab.platform.json.Nearest;
import org.initlab.platform.problem.Fault;
import org.initlab.training.catalog.DatasetCatalog;
import org.initlab.training.catalog.NetworkCatalog;
import org.initlab.training.catalog.NetworkFiles;
import org.initlab.training.catalog.WeightsCatalog;
import org.initlab.training.data.ContentException;
import org.initlab.training.data.DatasetFault;
import org.initlab.training.data.DatasetInfo;
import org.initlab.training.data.PositiveClass;
import org.initlab.training.network.Architecture;
import org.initlab.training.spec.DatasetSpec;
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
     * @param spec as bound; a part that did not bind is at its default
     */
    Resolution resolve(ExperimentSpec spec) {
        List<Fault> faults = new ArrayList<>();
        List<String> warnings = new ArrayList<>();
        TrainingRules.check(spec, faults, warnings);
        StoppingRules.check(spec, faults);
        Optional<DatasetInfo> data = dataset(spec.dataset(), faults);
        Optional<Architecture> architecture = architecture(spec.model(), faults);
        RowShape rows = data.map(DatasetInfo::shape).orElse(null);
        ModelSpec model = architecture
                .map(known -> resolved(spec, known, rows, faults, warnings))
                .orElse(spec.model());
        DatasetSpec dataset =
                data.map(info -> resolved(spec.dataset(), info, faults)).orElse(spec.dataset());
        return new Resolution(spec.with(dataset, model), faults, warnings);
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

    private Optional<DatasetInfo> dataset(DatasetSpec spec, List<Fault> faults) {
        if (spec == null || spec.name() == null) {
            return Optional.empty();
        }
        Optional<DatasetInfo> info = datasets.named(spec.name());
        if (info.isEmpty()) {
            List<String> names = datasets.all().stream().map(DatasetInfo::name).toList();
            faults.add(new Fault("/dataset/name", unknown("data set", spec.name(), names)));
        }
        return info;
    }

    private static Optional<Architecture> architecture(ModelSpec spec, List<Fault> faults) {
        Optional<Architecture> architecture = NetworkCatalog.named(spec.architecture());
        if (architecture.isEmpty()) {
            List<String> names =
                    NetworkCatalog.all().stream().map(Architecture::name).toList();
            faults.add(new Fault("/model/architecture", unknown("architecture", spec.architecture(), names)));
        }
        return architecture;
    }

    private DatasetSpec resolved(DatasetSpec spec, DatasetInfo info, List<Fault> faults) {
        List<DatasetFault> found = datasets.faults(spec);
        if (!found.isEmpty()) {
            found.forEach(fault -> faults.add(new Fault("/dataset/" + fault.field(), fault.detail())));
            return spec;
        }
        DatasetSpec filled = datasets.resolve(spec);
        try {
            if (!datasets.isQuicklyCounted(filled)) {
                return filled;
            }
            Optional<PositiveClass> positive = datasets.resolvePositiveClass(filled);
            if (positive.isEmpty()) {
                String detail = unknown("class", spec.positiveClass(), datasets.classNames(filled));
                faults.add(new Fault("/dataset/positiveClass", detail + datasets.classHint(spec)));
                return spec;
            }
            return filled.withPositiveClass(positive.get().name());
        } catch (ContentException e) {
            // the run reports it: reading a table to its end is no request's work
            return filled;
        } catch (TrainingException e) {
            faults.add(new Fault(info.classNames().isEmpty() ? "/dataset/path" : "/dataset", e.getMessage()));
            return spec;
        }
    }

    private static String unknown(String what, String name, List<String> known) {
        return "unknown " + what + " '" + name + "'; " + Nearest.hint(name, known);
    }
}
