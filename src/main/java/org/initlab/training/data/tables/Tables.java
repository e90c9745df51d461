package org.initlab.training.data.tables;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.initlab.training.data.DatasetFault;
import org.initlab.training.data.DatasetInfo;
import org.initlab.training.data.DatasetNotes;
import org.initlab.training.data.DatasetSource;
import org.initlab.training.data.LoadRequest;
import org.initlab.training.data.PositiveClass;
import org.initlab.training.data.SplitClasses;
import org.initlab.training.data.Splits;
import org.initlab.training.data.files.FileStamp;
import org.initlab.training.spec.DatasetSpec;
import org.initlab.training.spec.FeatureShape;
import org.initlab.training.spec.TrainingException;

/**
 * {@code table}: rows of numbers and texts of the user's own, one column of which is the class. A table is read once for what a
 * request needs to know and what the runs train on.
 */
public final class Tables implements DatasetSource {
    private final Path datasets;
    private final Cache<Object, RawTable> tables = kept();
    private final Cache<Object, Fitted> fits = kept();

    /** Keeps the last two values, as long as memory allows. */
    private static <V> Cache<Object, V> kept() {
        return Caffeine.newBuilder()
                .maximumSize(2)
                .softValues()
                .executor(Runnable::run)
                .build();
    }

    /** Looks for the files that specs name below {@code datasets}. */
    public Tables(Path datasets) {
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
    public DatasetSpec resolved(DatasetSpec spec) {
        return spec.withSplitDefaults();
    }

    @Override
    public List<String> classNames(DatasetSpec spec) {
        return table(spec, Tables::untold).classNames();
    }

    @Override
    public boolean namesClassesByIndex() {
        return false;
    }

    /** The rarest in the file that is trained on, the first one if several are equally rare. */
    @Override
    public PositiveClass defaultPositiveClass(DatasetSpec spec) {
        RawTable table = table(spec, Tables::untold);
        int[] counts = new int[table.classNames().size()];
        for (int row = 0; row < table.firstRows(); row++) {
            counts[table.classes()[row]]++;
        }
        int rarest = -1;
        for (int index = 0; index < counts.length; index++) {
            if (counts[index] > 0 && (rarest < 0 || counts[index] < counts[rarest])) {
                rarest = index;
            }
        }
        if (rarest < 0) {
            throw new TrainingException(TableFile.find(datasets, spec.path()).name() + " has no rows; add some");
        }
        return new PositiveClass(rarest, table.classNames().get(rarest));
    }

    /** The table applies limits and positive rate itself, as the statistics depend on the rows that are kept. */
    @Override
    public boolean madeToOrder() {
        return true;
    }

    @Override
    public Optional<String> missing(DatasetSpec spec) {
        return TableSpecCheck.paths(spec).stream()
                .filter(path -> !exists(path))
                .findFirst()
                .map(path -> "the file " + datasets.getFileName() + "/" + path);
    }

    private boolean exists(String path) {
        try {
            return TableFile.find(datasets, path) != null;
        } catch (TrainingException e) {
            return false;
        }
    }

    @Override
    public Object version(DatasetSpec spec) {
        return List.of(spec, stamps(files(spec)));
    }

    @Override
    public SplitClasses classes(DatasetSpec spec, PositiveClass positiveClass) {
        Fitted fitted = fitted(spec, positiveClass, Tables::untold);
        return new SplitClasses(
                fitted.rows().trainClasses(fitted.table()), fitted.rows().testClasses(fitted.table()));
    }

    @Override
    public DatasetNotes notes(DatasetSpec spec, PositiveClass positiveClass) {
        Fitted fitted = fitted(spec, positiveClass, Tables::untold);
        return TableNotes.of(fitted.table(), spec, fitted.rows(), positiveClass, fitted.encoders());
    }

    @Override
    public Splits read(LoadRequest request) {
        Fitted fitted = fitted(request.spec(), request.positiveClass(), request.onProgress());
        return new Splits(
                FeatureRows.of(fitted.table(), fitted.encoders(), fitted.rows().train(), request.onProgress()),
                FeatureRows.of(fitted.table(), fitted.encoders(), fitted.rows().test(), request.onProgress()));
    }

    /** A table with the rows that a spec keeps, and what was learnt from them. */
    private record Fitted(RawTable table, TableRows rows, List<Encoder> encoders) {}

    private Fitted fitted(DatasetSpec spec, PositiveClass positive, Runnable onProgress) {
        Object key = List.of(version(spec), positive);
        Fitted known = fits.getIfPresent(key);
        if (known == null) {
            RawTable table = table(spec, onProgress);
            TableRows rows = TableRows.of(table, spec, positive);
            List<Encoder> encoders = table.features().stream()
                    .map(column -> Encoder.fit(column, rows.train(), spec.clip()))
                    .toList();
            known = new Fitted(table, rows, encoders);
            fits.put(key, known);
        }
        return known;
    }

    /** A request waits for the table without being told of the progress. */
    private static void untold() {}

    private List<TableFile> files(DatasetSpec spec) {
        return TableSpecCheck.paths(spec).stream()
                .map(path -> TableFile.find(datasets, path))
                .toList();
    }

    private static List<FileStamp> stamps(List<TableFile> files) {
        return files.stream().map(TableFile::path).map(FileStamp::of).toList();
    }

    private RawTable table(DatasetSpec spec, Runnable onProgress) {
        List<TableFile> files = files(spec);
        List<Object> key = new ArrayList<>(stamps(files));
        TableLayout layout = TableSpecCheck.layout(files, spec);
        key.add(layout);
        return tables.get(key, absent -> RawTable.read(files, layout, onProgress));
    }
}
