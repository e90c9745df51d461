package org.initlab.experiment;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.initlab.platform.json.Nearest;
import org.initlab.platform.problem.Fault;
import org.initlab.training.catalog.DatasetCatalog;
import org.initlab.training.data.ContentException;
import org.initlab.training.data.DatasetInfo;
import org.initlab.training.data.DatasetSummary;
import org.initlab.training.data.PositiveClass;
import org.initlab.training.spec.DatasetSpec;
import org.initlab.training.spec.TrainingException;
import org.jspecify.annotations.Nullable;

/** Looks at the data that specs name; specs that are checked together share what is found, as the points of a study do. */
final class DatasetChecks {
    private final DatasetCatalog datasets;
    private final Map<DatasetSpec, Named> named = new HashMap<>();
    private final Map<DatasetSpec, Count> counted = new HashMap<>();

    DatasetChecks(DatasetCatalog datasets) {
        this.datasets = datasets;
    }

    /**
     * The data set that a spec names.
     *
     * @param spec with every default filled in, or as it came where that has faults
     */
    record Named(Optional<DatasetInfo> info, @Nullable DatasetSpec spec, List<Fault> faults) {}

    /** What counting a spec's data came to. */
    record Count(Optional<DatasetSummary> data, Optional<String> fault) {}

    /** Finds a spec's data set and fills in the defaults that depend on it. */
    Named resolve(@Nullable DatasetSpec spec) {
        return spec == null || spec.name() == null
                ? new Named(Optional.empty(), spec, List.of())
                : named.computeIfAbsent(spec, this::look);
    }

    /** Counts the labels of data that is here and small, so that an experiment that cannot be trained is refused at once. */
    Count count(DatasetSpec resolved) {
        return counted.computeIfAbsent(resolved, this::read);
    }

    private Named look(DatasetSpec spec) {
        Optional<DatasetInfo> info = datasets.named(spec.name());
        if (info.isEmpty()) {
            List<String> names = datasets.all().stream().map(DatasetInfo::name).toList();
            String detail = Nearest.unknown("data set", spec.name(), names);
            return new Named(info, spec, List.of(new Fault("/dataset/name", detail)));
        }
        List<Fault> found = datasets.faults(spec).stream()
                .map(fault -> new Fault("/dataset/" + fault.field(), fault.detail()))
                .toList();
        if (found.isEmpty()) {
            return named(info.get(), spec, datasets.resolve(spec));
        }
        boolean readable = !info.get().classNames().isEmpty();
        List<Fault> ofClass = readable ? named(info.get(), spec, spec).faults() : List.of();
        return new Named(
                info, spec, Stream.concat(found.stream(), ofClass.stream()).toList());
    }

    private Named named(DatasetInfo info, DatasetSpec spec, DatasetSpec filled) {
        try {
            if (!datasets.isQuicklyCounted(filled)) {
                return new Named(Optional.of(info), filled, List.of());
            }
            Optional<PositiveClass> positive = datasets.resolvePositiveClass(filled);
            if (positive.isEmpty()) {
                String detail = Nearest.unknown("class", spec.positiveClass(), datasets.classNames(filled));
                return faulty(info, spec, "/dataset/positiveClass", detail + datasets.classHint(spec));
            }
            return new Named(
                    Optional.of(info), filled.withPositiveClass(positive.get().name()), List.of());
        } catch (ContentException e) {
            // the run reports it: reading a table to its end is no request's work
            return new Named(Optional.of(info), filled, List.of());
        } catch (TrainingException e) {
            return faulty(info, spec, info.classNames().isEmpty() ? "/dataset/path" : "/dataset", e.getMessage());
        }
    }

    private static Named faulty(DatasetInfo info, DatasetSpec spec, String pointer, String detail) {
        return new Named(Optional.of(info), spec, List.of(new Fault(pointer, detail)));
    }

    private Count read(DatasetSpec dataset) {
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
}
