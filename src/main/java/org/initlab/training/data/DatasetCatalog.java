package org.initlab.training.data;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.initlab.training.spec.DatasetSpec;
import org.initlab.training.spec.TrainingException;

/**
 * The data sets that a spec can name. Decoded data is kept while memory allows, so that the runs of an experiment decode it once; safe
 * for use by several threads.
 */
public final class DatasetCatalog {
    private static final int KEPT_SPLITS = 4;
    private static final int KEPT_TASKS = 16;

    private final List<DatasetSource> sources;
    private final SoftCache<Splits> decoded = new SoftCache<>(KEPT_SPLITS);
    private final SoftCache<BinaryDataset> tasks = new SoftCache<>(KEPT_TASKS);

    /**
     * Opens the catalogue.
     *
     * @param datasets the folder that holds, or will hold, the files: {@code datasets} below {@code initlab.home}
     * @param addresses where missing files are downloaded from
     */
    public DatasetCatalog(Path datasets, DatasetAddresses addresses) {
        sources = List.of(
                new Cifar10(datasets, addresses.cifar10()),
                IdxDataset.mnist(datasets, addresses.mnist()),
                IdxDataset.fashionMnist(datasets, addresses.fashionMnist()),
                new Digits(),
                new Synthetic(),
                new ImageFolder(datasets));
    }

    /** All data sets, in the order in which to show them. */
    public List<DatasetInfo> all() {
        return sources.stream().map(DatasetSource::info).toList();
    }

    /** The data set of a name, or nothing where no data set has it. */
    public Optional<DatasetInfo> named(String name) {
        return all().stream().filter(info -> info.name().equals(name)).findFirst();
    }

    /**
     * The classes that a spec's {@code positiveClass} can name, by their index.
     *
     * @throws TrainingException when there is no such data set, or its folder cannot be read
     */
    public List<String> classNames(DatasetSpec spec) {
        return source(spec).classNames(spec);
    }

    /**
     * What a spec's {@code positiveClass} means: a class's name, else its index in decimal, else, where it is {@code null}, the data
     * set's default; nothing where no class is meant.
     *
     * @throws TrainingException when there is no such data set, or its folder cannot be read
     */
    public Optional<PositiveClass> resolvePositiveClass(DatasetSpec spec) {
        if (spec.positiveClass() == null) {
            return Optional.of(source(spec).defaultPositiveClass(spec));
        }
        List<String> names = classNames(spec);
        int named = names.indexOf(spec.positiveClass());
        int index = named >= 0 ? named : decimal(spec.positiveClass());
        return index >= 0 && index < names.size()
                ? Optional.of(new PositiveClass(index, names.get(index)))
                : Optional.empty();
    }

    /**
     * A spec with what its data set fills in: the rows and the rate where they are made to order.
     *
     * @throws TrainingException when there is no such data set
     */
    public DatasetSpec resolve(DatasetSpec spec) {
        return source(spec).resolved(spec);
    }

    /**
     * Files of the user's that a spec needs and that are not here, as a user knows them; what can be downloaded is not
     * missing.
     *
     * @throws TrainingException when there is no such data set
     */
    public Optional<String> missing(DatasetSpec spec) {
        return source(spec).missing(spec);
    }

    private static int decimal(String text) {
        return text.matches("\\d{1,9}") ? Integer.parseInt(text) : -1;
    }

    /**
     * Makes the task that a spec describes, downloading the data where it must.
     *
     * @param transform how images come to the network's size
     * @param onProgress called at least once a second while data is downloaded, and often while it is decoded; what it throws ends the
     *     work and goes through to the caller
     * @throws TrainingException when the data cannot be had or read, or leaves no training rows of one class
     */
    public BinaryDataset load(DatasetSpec spec, ImageTransform transform, Runnable onProgress) {
        DatasetSource source = source(spec);
        PositiveClass positive = resolvePositiveClass(spec).orElseThrow(() -> noSuchClass(spec));
        LoadRequest request = new LoadRequest(source.resolved(spec), positive, transform, onProgress);
        // a lock a source: a download of one data set keeps nobody from another
        synchronized (source) {
            source.fetch(request);
            Object files = List.of(source.info().name(), source.cacheKey(request));
            Object key = List.of(files, request.spec(), transform);
            BinaryDataset kept = tasks.get(key);
            if (kept == null) {
                kept = task(source, request, decode(source, request, files));
                tasks.put(key, kept);
            }
            return kept;
        }
    }

    private static BinaryDataset task(DatasetSource source, LoadRequest request, Splits splits) {
        DatasetSpec spec = request.spec();
        PositiveClass positive = request.positiveClass();
        BinarySplit train = select(source, "train", splits.train(), spec.trainLimit(), request);
        BinarySplit test = select(source, "test", splits.test(), spec.testLimit(), request);
        check(train, test, positive);
        return BinaryDataset.of(positive, train, test, source.classNames(spec), source.remaining(request.transform()));
    }

    private Splits decode(DatasetSource source, LoadRequest request, Object files) {
        Splits splits = decoded.get(files);
        if (splits == null) {
            splits = source.read(request);
            decoded.put(files, splits);
        }
        return splits;
    }

    private static void check(BinarySplit train, BinarySplit test, PositiveClass positive) {
        if (train.positives() == 0 || train.positives() == train.rows()) {
            throw new TrainingException(String.format(
                    "the training split of %,d rows has %,d of the positive class \"%s\": training needs rows of both classes; "
                            + "raise trainLimit or choose another positiveClass",
                    train.rows(), train.positives(), positive.name()));
        }
        if (test.rows() == 0) {
            throw new TrainingException("the test split has no rows; add images");
        }
    }

    private static BinarySplit select(
            DatasetSource source, String name, ImageSplit split, Integer limit, LoadRequest request) {
        RowSelection selection = source.madeToOrder()
                ? new RowSelection(name, null, null)
                : new RowSelection(name, limit, request.spec().positiveRate());
        PositiveClass positive = request.positiveClass();
        return new BinarySplit(split, selection.select(split.labels(), positive), positive.index());
    }

    private DatasetSource source(DatasetSpec spec) {
        return sources.stream()
                .filter(source -> source.info().name().equals(spec.name()))
                .findFirst()
                .orElseThrow(() -> new TrainingException(
                        "there is no data set \"" + spec.name() + "\"; GET /datasets lists the names"));
    }

    private TrainingException noSuchClass(DatasetSpec spec) {
        return new TrainingException(String.format(
                "positiveClass \"%s\" must be one of %s, or an index from 0",
                spec.positiveClass(), String.join(", ", classNames(spec))));
    }
}
