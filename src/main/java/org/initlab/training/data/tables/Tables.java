package org.initlab.training.data.tables;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.initlab.training.data.DatasetFault;
import org.initlab.training.data.DatasetInfo;
import org.initlab.training.data.cache.RowCache;
import org.initlab.training.spec.DatasetSpec;
import org.initlab.training.spec.FeatureShape;
import org.initlab.training.spec.TrainingException;

/** {@code table}: rows of numbers and texts of the user's own, one column of which is the class. */
public final class Tables extends TableSource {
    private final Path datasets;

    /**
     * Looks for the files that specs name below {@code datasets}.
     *
     * @param cache where what the heap has no room for is kept
     */
    public Tables(Path datasets, RowCache cache) {
        this(datasets, TableSpace.of(cache));
    }

    Tables(Path datasets, TableSpace space) {
        super(space);
        this.datasets = datasets;
    }

    @Override
    public DatasetInfo info() {
        return new DatasetInfo(
                DatasetSpec.TABLE,
                List.of(),
                null,
                new FeatureShape(null),
                null,
                null,
                Files.isDirectory(datasets),
                datasets.getFileName().toString());
    }

    @Override
    public List<DatasetFault> faults(DatasetSpec spec) {
        return new TableSpecCheck(datasets, spec).faults();
    }

    @Override
    public Optional<String> missing(DatasetSpec spec) {
        return TableSpecCheck.paths(spec).stream()
                .filter(path -> !exists(path))
                .findFirst()
                .map(path -> "the file " + datasets.getFileName() + "/" + path);
    }

    @Override
    public void readClasses(DatasetSpec spec, Runnable onProgress) {
        table(spec, onProgress);
    }

    private boolean exists(String path) {
        try {
            return TableFile.find(datasets, path) != null;
        } catch (TrainingException e) {
            return false;
        }
    }

    @Override
    List<TableFile> files(DatasetSpec spec) {
        return TableSpecCheck.paths(spec).stream()
                .map(path -> TableFile.find(datasets, path))
                .toList();
    }
}
