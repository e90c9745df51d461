package org.initlab.training.data.tables;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.initlab.training.data.DatasetFault;
import org.initlab.training.spec.DatasetSpec;
import org.initlab.training.spec.TrainingException;
import org.jspecify.annotations.Nullable;

/** Checks a spec against the headers of its files. */
final class TableSpecCheck {
    private final Path datasets;
    private final DatasetSpec spec;
    private final List<DatasetFault> faults = new ArrayList<>();

    TableSpecCheck(Path datasets, DatasetSpec spec) {
        this.datasets = datasets;
        this.spec = spec;
    }

    /** The paths of the files that a spec names. */
    static List<String> paths(DatasetSpec spec) {
        return Stream.of(Optional.ofNullable(spec.path()), Optional.ofNullable(spec.testPath()))
                .flatMap(Optional::stream)
                .toList();
    }

    /**
     * The columns that a spec uses.
     *
     * @throws TrainingException if a file lacks one: it has changed since the spec was checked
     */
    static TableLayout layout(List<TableFile> files, DatasetSpec spec) {
        TableLayout layout = null;
        for (TableFile file : files) {
            List<String> header = header(file);
            layout = layout == null ? TableLayout.of(spec, header) : layout;
            List<String> lacking = layout.all().stream()
                    .filter(column -> !header.contains(column))
                    .toList();
            if (!lacking.isEmpty()) {
                throw new TrainingException(file.name() + " has no column \"" + String.join("\", \"", lacking) + "\"");
            }
        }
        return layout;
    }

    /** What is wrong with a table's augmentation, which must be empty. */
    static Optional<DatasetFault> augmentationFault(DatasetSpec spec) {
        return spec.augmentation().isEmpty()
                ? Optional.empty()
                : Optional.of(new DatasetFault("augmentation", "only applies to images; leave it out"));
    }

    /** All that keeps the spec from being read, of what the headers tell. */
    List<DatasetFault> faults() {
        required("path", spec.path(), "is required: the file, below datasets/ in initlab.home");
        required("label", spec.label(), "is required: the column that holds the class");
        augmentationFault(spec).ifPresent(faults::add);
        if (spec.testPath() != null) {
            required("testPath", spec.testPath(), "must not be blank");
            onlyWithoutTestPath("testShare", spec.testShare());
            onlyWithoutTestPath("splitSeed", spec.splitSeed());
            onlyWithoutTestPath("group", spec.group());
        }
        Optional<List<String>> header = header("path", spec.path());
        Optional<List<String>> testHeader = header("testPath", spec.testPath());
        if (header.isPresent() && spec.label() != null) {
            List<DatasetFault> columns =
                    TableLayout.faults(spec, header.get(), datasets.getFileName() + "/" + spec.path());
            faults.addAll(columns);
            if (columns.isEmpty()) {
                testHeader.ifPresent(names -> compare(TableLayout.of(spec, header.get()), names));
            }
        }
        return faults;
    }

    private void compare(TableLayout layout, List<String> testHeader) {
        List<String> lacking = layout.all().stream()
                .filter(column -> !testHeader.contains(column))
                .toList();
        if (!lacking.isEmpty()) {
            faults.add(new DatasetFault(
                    "testPath", "names a file without the columns \"" + String.join("\", \"", lacking) + "\""));
        }
    }

    private void required(String field, @Nullable String value, String detail) {
        if (value == null || value.isBlank()) {
            faults.add(new DatasetFault(field, detail));
        }
    }

    private void onlyWithoutTestPath(String field, @Nullable Object value) {
        if (value != null) {
            faults.add(new DatasetFault(field, "only applies without testPath, where the table is split"));
        }
    }

    private Optional<List<String>> header(String field, @Nullable String path) {
        if (path == null || path.isBlank()) {
            return Optional.empty();
        }
        try {
            return Optional.of(header(TableFile.find(datasets, path)));
        } catch (TrainingException e) {
            faults.add(new DatasetFault(field, e.getMessage()));
            return Optional.empty();
        }
    }

    private static List<String> header(TableFile file) {
        try (TableReader reader = file.open()) {
            return reader.header();
        }
    }
}
