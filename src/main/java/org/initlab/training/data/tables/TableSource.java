package org.initlab.training.data.tables;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.List;
import org.initlab.training.data.DatasetNotes;
import org.initlab.training.data.DatasetSource;
import org.initlab.training.data.LoadRequest;
import org.initlab.training.data.PositiveClass;
import org.initlab.training.data.SplitClasses;
import org.initlab.training.data.Splits;
import org.initlab.training.spec.DatasetSpec;
import org.initlab.training.spec.TrainingException;

/** A data set whose rows are those of tables, each read once for what a request needs to know and what the runs train on. */
abstract class TableSource implements DatasetSource {
    private static final int KEPT_TABLES = 2;
    private static final int KEPT_SPLITS = 4;

    private final TableSpace space;
    private final Object small = new Object();
    private volatile Kept kept;

    TableSource(TableSpace space) {
        this.space = space;
        kept = Kept.in(space);
        space.whenFull(this::forget);
    }

    /** What was read last, for whoever needs it next; nobody computes within a cache, so that a full disk drops all that it has. */
    private record Kept(
            Cache<Object, RawTable> tables, Cache<Object, Fitted> fits, Cache<Object, TableSplits> encoded) {

        static Kept in(TableSpace space) {
            return new Kept(last(KEPT_TABLES, space), last(KEPT_TABLES, space), last(KEPT_SPLITS, space));
        }

        /** Keeps the last few values, as long as memory allows. */
        private static <V> Cache<Object, V> last(int values, TableSpace space) {
            return Caffeine.newBuilder()
                    .maximumSize(values)
                    .softValues()
                    .evictionListener((key, value, cause) -> space.noteDropped())
                    .executor(Runnable::run)
                    .build();
        }
    }

    /**
     * The files that a spec means: the table, and the second one if there is one.
     *
     * @throws TrainingException if one cannot be found
     */
    abstract List<TableFile> files(DatasetSpec spec);

    @Override
    public final void forget() {
        kept = Kept.in(space);
    }

    @Override
    public DatasetSpec resolved(DatasetSpec spec) {
        return spec.withSplitDefaults();
    }

    @Override
    public List<String> classNames(DatasetSpec spec) {
        return table(spec, TableSource::untold).classNames();
    }

    @Override
    public boolean namesClassesByIndex() {
        return false;
    }

    /** The rarest in the file that is trained on, the first one if several are equally rare. */
    @Override
    public PositiveClass defaultPositiveClass(DatasetSpec spec) {
        RawTable table = table(spec, TableSource::untold);
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
            throw new TrainingException(files(spec).get(0).name() + " has no rows; add some");
        }
        return new PositiveClass(rarest, table.classNames().get(rarest));
    }

    /** The table applies limits and positive rate itself, as the statistics depend on the rows that are kept. */
    @Override
    public boolean madeToOrder() {
        return true;
    }

    @Override
    public Object version(DatasetSpec spec) {
        return List.of(spec, stamps(files(spec)));
    }

    @Override
    public SplitClasses classes(DatasetSpec spec, PositiveClass positiveClass) {
        Fitted fitted = fitted(spec, positiveClass, TableSource::untold);
        return new SplitClasses(
                fitted.rows().trainClasses(fitted.table()), fitted.rows().testClasses(fitted.table()));
    }

    @Override
    public DatasetNotes notes(DatasetSpec spec, PositiveClass positiveClass) {
        return fitted(spec, positiveClass, TableSource::untold).notes();
    }

    @Override
    public Splits read(LoadRequest request) {
        Object key = List.of(version(request.spec()), request.positiveClass());
        TableSplits known = kept.encoded().getIfPresent(key);
        if (known == null) {
            Fitted fitted = fitted(request.spec(), request.positiveClass(), request.onProgress());
            known = new TableSplits(
                    encoded(fitted, fitted.rows().train(), request),
                    encoded(fitted, fitted.rows().test(), request));
            kept.encoded().put(key, known);
            // a full disk may have dropped them meanwhile, and whoever reads asks for classes and notes next
            kept.fits().put(key, fitted);
            kept.tables().put(key(files(request.spec()), request.spec()), fitted.table());
        }
        return known;
    }

    private FeatureRows encoded(Fitted fitted, int[] rows, LoadRequest request) {
        return FeatureRows.of(fitted.table(), fitted.encoders(), rows, space, request.onProgress());
    }

    @Override
    public boolean isQuicklyCounted(DatasetSpec spec) {
        List<TableFile> files = files(spec);
        return files.stream().allMatch(TableFile::isSmall) || kept.tables().getIfPresent(key(files, spec)) != null;
    }

    /** A table with the rows that a spec keeps, and what was learnt from them. */
    private record Fitted(RawTable table, TableRows rows, List<Encoder> encoders, DatasetNotes notes) {}

    private Fitted fitted(DatasetSpec spec, PositiveClass positive, Runnable onProgress) {
        Object key = List.of(version(spec), positive);
        Fitted known = kept.fits().getIfPresent(key);
        if (known == null) {
            RawTable table = table(spec, onProgress);
            TableRows rows = TableRows.of(table, spec, positive);
            List<Encoder> encoders = EncoderFit.of(table, rows.train(), spec.clip(), onProgress);
            DatasetNotes notes = TableNotes.of(table, spec, rows, positive, encoders, onProgress);
            known = new Fitted(table, rows, encoders, notes);
            kept.fits().put(key, known);
        }
        return known;
    }

    /** A request waits for the table without being told of the progress. */
    private static void untold() {}

    private static List<Object> stamps(List<TableFile> files) {
        return files.stream().map(TableFile::stamp).toList();
    }

    final RawTable table(DatasetSpec spec, Runnable onProgress) {
        List<TableFile> files = files(spec);
        Key key = key(files, spec);
        RawTable known = kept.tables().getIfPresent(key);
        if (known != null) {
            return known;
        }
        if (files.stream().allMatch(TableFile::isSmall)) {
            // requests that come together read one after another, so that their tables are not in memory at the same
            // time
            synchronized (small) {
                return read(files, key, onProgress);
            }
        }
        return read(files, key, onProgress);
    }

    private RawTable read(List<TableFile> files, Key key, Runnable onProgress) {
        RawTable known = kept.tables().getIfPresent(key);
        if (known == null) {
            known = RawTable.read(files, key.layout(), space, onProgress);
            kept.tables().put(key, known);
        }
        return known;
    }

    /** What a table that has been read is known by. */
    private record Key(List<Object> stamps, TableLayout layout) {}

    private static Key key(List<TableFile> files, DatasetSpec spec) {
        return new Key(stamps(files), TableSpecCheck.layout(files, spec));
    }
}
