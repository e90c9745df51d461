package org.initlab.training.data.images;

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
import org.initlab.training.data.cache.RowCache;
import org.initlab.training.spec.DatasetSpec;
import org.initlab.training.spec.ImageShape;
import org.initlab.training.spec.ImageTransform;

/**
 * The user's own images, one folder per class: {@code train/CLASS/…} and {@code test/CLASS/…}, or just {@code CLASS/…}.
 * As their sizes differ, they are kept at the network's size: in the cache, as there may be more than fit into memory.
 */
public final class ImageFolder implements DatasetSource {
    private final Path datasets;
    private final RowCache cache;
    private final FolderListings listings = new FolderListings();

    /** Looks for the folders that specs name below {@code datasets}, and keeps decoded images in a cache. */
    public ImageFolder(Path datasets, RowCache cache) {
        this.datasets = datasets;
        this.cache = cache;
    }

    @Override
    public DatasetInfo info() {
        String location = datasets.getFileName().toString();
        ImageShape shape = new ImageShape(null, null, RgbImage.CHANNELS);
        boolean available = Files.isDirectory(datasets);
        return new DatasetInfo("image_folder", List.of(), null, shape, null, null, available, location);
    }

    @Override
    public List<DatasetFault> faults(DatasetSpec spec) {
        List<DatasetFault> faults = new ArrayList<>(DatasetFault.ofTablesOnly(spec));
        if (spec.path() == null) {
            faults.add(new DatasetFault("path", "is required: the images' folder, below datasets/ in initlab.home"));
        }
        return faults;
    }

    @Override
    public List<String> classNames(DatasetSpec spec) {
        return listing(spec).classNames();
    }

    @Override
    public PositiveClass defaultPositiveClass(DatasetSpec spec) {
        return listing(spec).rarest();
    }

    @Override
    public DatasetNotes notes(DatasetSpec spec, PositiveClass positiveClass) {
        return listing(spec).notes();
    }

    @Override
    public Optional<String> missing(DatasetSpec spec) {
        return ImageTree.exists(datasets, spec.path())
                ? Optional.empty()
                : Optional.of("the folder " + datasets.getFileName() + "/" + spec.path());
    }

    /** Equal as long as the listing is; the cache itself looks at each file. */
    @Override
    public Object version(DatasetSpec spec) {
        FolderListing rows = listing(spec);
        return List.of(rows.folders(), rows.train().size(), rows.test().size());
    }

    @Override
    public SplitClasses classes(DatasetSpec spec, PositiveClass positiveClass) {
        FolderListing rows = listing(spec);
        return new SplitClasses(classes(rows.train()), classes(rows.test()));
    }

    private static int[] classes(List<FolderListing.Row> rows) {
        return rows.stream().mapToInt(FolderListing.Row::label).toArray();
    }

    @Override
    public Splits read(LoadRequest request) {
        DatasetSpec spec = request.spec();
        FolderSplits.Limits limits = new FolderSplits.Limits(spec.trainLimit(), spec.testLimit());
        return FolderSplits.open(tree(spec), listing(spec), (ImageTransform) request.form(), cache, limits);
    }

    private ImageTree tree(DatasetSpec spec) {
        return new ImageTree(datasets, spec.path());
    }

    private FolderListing listing(DatasetSpec spec) {
        return listings.of(tree(spec));
    }
}
