package org.initlab.training.catalog;

import static org.initlab.text.Counts.counted;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.initlab.training.data.BinaryDataset;
import org.initlab.training.data.DatasetFault;
import org.initlab.training.data.DatasetInfo;
import org.initlab.training.data.DatasetSource;
import org.initlab.training.data.DatasetSummary;
import org.initlab.training.data.Labels;
import org.initlab.training.data.LoadRequest;
import org.initlab.training.data.PositiveClass;
import org.initlab.training.data.RowSelection;
import org.initlab.training.data.SplitClasses;
import org.initlab.training.data.Splits;
import org.initlab.training.data.cache.RowCache;
import org.initlab.training.data.images.Cifar10;
import org.initlab.training.data.images.Digits;
import org.initlab.training.data.images.IdxDataset;
import org.initlab.training.data.images.ImageFolder;
import org.initlab.training.data.images.Synthetic;
import org.initlab.training.data.tables.TablePreview;
import org.initlab.training.data.tables.Tables;
import org.initlab.training.data.tables.Wisconsin;
import org.initlab.training.spec.DatasetSpec;
import org.initlab.training.spec.InputForm;
import org.initlab.training.spec.TrainingException;

/**
 * The data sets that a spec can name. What is decoded is kept by the sources, so that runs decode it once. Thread-safe.
 */
public final class DatasetCatalog {
    private static final int KEPT_CLASSES = 8;

    private final Path datasets;
    private final List<DatasetSource> sources;
    private final Cache<Object, SplitClasses> classes = Caffeine.newBuilder()
            .maximumSize(KEPT_CLASSES)
            .softValues()
            .executor(Runnable::run)
            .build();

    /**
     * Opens the catalogue.
     *
     * @param datasets the folder that holds, or will hold, the files: {@code datasets} below {@code initlab.home}
     * @param addresses where missing files are downloaded from
     * @param cache where decoded images are kept, and what the heap has no room for of tables
     */
    public DatasetCatalog(Path datasets, DatasetAddresses addresses, RowCache cache) {
        this.datasets = datasets;
        sources = List.of(
                new Cifar10(datasets, addresses.cifar10(), cache),
                IdxDataset.mnist(datasets, addresses.mnist(), cache),
                IdxDataset.fashionMnist(datasets, addresses.fashionMnist(), cache),
                new Digits(cache),
                new Wisconsin(cache),
                new Synthetic(cache),
                new ImageFolder(datasets, cache),
                new Tables(datasets, cache));
    }

    /** All data sets, in display order. */
    public List<DatasetInfo> all() {
        return sources.stream().map(DatasetSource::info).toList();
    }

    /** The data set with this name; empty if there is none. */
    public Optional<DatasetInfo> named(String name) {
        return all().stream().filter(info -> info.name().equals(name)).findFirst();
    }

    /**
     * The classes that a spec's {@code positiveClass} can name, by index.
     *
     * @throws TrainingException if there is no such data set, or its folder cannot be read
     */
    public List<String> classNames(DatasetSpec spec) {
        return source(spec).classNames(spec);
    }

    /**
     * Looks at the first rows of a table.
     *
     * @param path the file below the data folder
     * @throws TrainingException if it cannot be read; the message says what to do
     */
    public TablePreview preview(String path) {
        return TablePreview.of(datasets, path);
    }

    /**
     * What keeps a spec's data from being found.
     *
     * @throws TrainingException if there is no such data set
     */
    public List<DatasetFault> faults(DatasetSpec spec) {
        return source(spec).faults(spec);
    }

    /**
     * What a spec's {@code positiveClass} can be, as the end of a sentence about what it cannot.
     *
     * @throws TrainingException if there is no such data set
     */
    public String classHint(DatasetSpec spec) {
        return source(spec).namesClassesByIndex() ? ", or an index from 0" : "";
    }

    /**
     * The class that a spec's {@code positiveClass} means, by name or else by decimal index; {@code null} means the
     * data set's default. Empty if there is no such class.
     *
     * @throws TrainingException if there is no such data set, or its folder cannot be read
     */
    public Optional<PositiveClass> resolvePositiveClass(DatasetSpec spec) {
        if (spec.positiveClass() == null) {
            return Optional.of(source(spec).defaultPositiveClass(spec));
        }
        List<String> names = classNames(spec);
        int named = names.indexOf(spec.positiveClass());
        int index = named >= 0 || !source(spec).namesClassesByIndex() ? named : decimal(spec.positiveClass());
        return index >= 0 && index < names.size()
                ? Optional.of(new PositiveClass(index, names.get(index)))
                : Optional.empty();
    }

    /**
     * A spec with its data set's defaults filled in: the limits and the rate, if the rows are made to order.
     *
     * @throws TrainingException if there is no such data set
     */
    public DatasetSpec resolve(DatasetSpec spec) {
        return source(spec).resolved(spec);
    }

    /**
     * The user's own files that a spec needs and that are missing, named as the user knows them; files that can be
     * downloaded do not count as missing.
     *
     * @throws TrainingException if there is no such data set
     */
    public Optional<String> missing(DatasetSpec spec) {
        return source(spec).missing(spec);
    }

    private static int decimal(String text) {
        return text.matches("\\d{1,9}") ? Integer.parseInt(text) : -1;
    }

    /**
     * Whether a request can wait for {@link #resolvePositiveClass} and {@link #summarize}.
     *
     * @param spec one without faults
     * @throws TrainingException if there is no such data set
     */
    public boolean isQuicklyCounted(DatasetSpec spec) {
        return source(spec).isQuicklyCounted(spec);
    }

    /**
     * Counts the rows that a spec asks for by reading only the labels; the summary has no fingerprint.
     *
     * @param spec its data is already here, or is generated
     * @throws TrainingException if the labels cannot be read, or a class has no training rows
     */
    public DatasetSummary summarize(DatasetSpec spec) {
        try {
            return countRows(spec);
        } catch (InternalError e) {
            throw explained(e);
        }
    }

    private DatasetSummary countRows(DatasetSpec spec) {
        DatasetSource source = source(spec);
        PositiveClass positive = requirePositiveClass(spec);
        DatasetSpec filled = source.resolved(spec);
        Object version = versionOf(source, source.version(filled), positive);
        SplitClasses all = classes.get(version, key -> source.classes(filled, positive));
        Labels train = select(source, "train", all.train(), filled.trainLimit(), filled, positive);
        Labels test = select(source, "test", all.test(), filled.testLimit(), filled, positive);
        check(train, test, positive);
        return DatasetSummary.of(positive, train, test, source.classNames(spec), null, source.notes(filled, positive));
    }

    /**
     * Opens the data that a spec describes, downloading it if necessary. Rows may be decoded while it is used already.
     *
     * @param form the form in which the network takes its input
     * @param onProgress called at least once a second while data is downloaded, and often while it is read; an exception
     *     from it stops the work and propagates
     * @return closed by the caller
     * @throws TrainingException if the data cannot be obtained or read, or a class has no training rows
     */
    public BinaryDataset load(DatasetSpec spec, InputForm form, Runnable onProgress) {
        DatasetSource source = source(spec);
        source.readClasses(spec, onProgress);
        PositiveClass positive = requirePositiveClass(spec);
        LoadRequest request = new LoadRequest(source.resolved(spec), positive, form, onProgress);
        // one lock per source: downloading one data set does not block another
        synchronized (source) {
            source.fetch(request);
            return select(source, request, source.read(request));
        }
    }

    /**
     * Explains what the JVM throws, at times a little later, where the disk does not give back a page of a mapped file. What is kept
     * of the data is dropped then, so that the next run reads it anew.
     *
     * @throws InternalError if it is about something else
     */
    public TrainingException explained(InternalError error) {
        if (!String.valueOf(error.getMessage()).contains("unsafe memory access")) {
            throw error;
        }
        sources.forEach(DatasetSource::forget);
        return new TrainingException(
                "a page of a table that is kept in initlab.cache.folder could not be read; check that disk, and retry: the table"
                        + " is then read anew",
                error);
    }

    private static Object versionOf(DatasetSource source, Object version, PositiveClass positive) {
        return source.madeToOrder()
                ? List.of(source.info().name(), version, positive)
                : List.of(source.info().name(), version);
    }

    private static BinaryDataset select(DatasetSource source, LoadRequest request, Splits splits) {
        boolean selected = false;
        try {
            DatasetSpec spec = request.spec();
            PositiveClass positive = request.positiveClass();
            Labels train = select(source, "train", splits.train().classes(), spec.trainLimit(), spec, positive);
            Labels test = select(source, "test", splits.test().classes(), spec.testLimit(), spec, positive);
            check(train, test, positive);
            BinaryDataset data = BinaryDataset.of(
                    request,
                    splits,
                    splits.train().select(train, request.form()),
                    splits.test().select(test, request.form()),
                    source.classNames(spec),
                    source.notes(spec, positive));
            selected = true;
            return data;
        } finally {
            if (!selected) {
                splits.close();
            }
        }
    }

    private static void check(Labels train, Labels test, PositiveClass positive) {
        if (train.positives() == 0 || train.positives() == train.count()) {
            throw new TrainingException(String.format(
                    Locale.ROOT,
                    "the training split of %s has %,d of the positive class \"%s\": training needs rows of both"
                            + " classes; raise trainLimit or choose another positiveClass",
                    counted(train.count(), "row"),
                    train.positives(),
                    positive.name()));
        }
        if (test.count() == 0) {
            throw new TrainingException("the test split has no rows; add some");
        }
    }

    private static Labels select(
            DatasetSource source, String name, int[] classes, Integer limit, DatasetSpec spec, PositiveClass positive) {
        RowSelection selection = source.madeToOrder()
                ? new RowSelection(name, null, null)
                : new RowSelection(name, limit, spec.positiveRate());
        return new Labels(selection.select(classes, positive), classes, positive.index());
    }

    private PositiveClass requirePositiveClass(DatasetSpec spec) {
        return resolvePositiveClass(spec)
                .orElseThrow(() -> new TrainingException(String.format(
                        Locale.ROOT,
                        "positiveClass \"%s\" must be one of %s%s",
                        spec.positiveClass(),
                        String.join(", ", classNames(spec)),
                        classHint(spec))));
    }

    private DatasetSource source(DatasetSpec spec) {
        return sources.stream()
                .filter(source -> source.info().name().equals(spec.name()))
                .findFirst()
                .orElseThrow(() -> new TrainingException(
                        "there is no data set \"" + spec.name() + "\"; GET /datasets lists the names"));
    }
}
