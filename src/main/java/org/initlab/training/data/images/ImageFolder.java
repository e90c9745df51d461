package org.initlab.training.data.images;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.initlab.training.data.DatasetFault;
import org.initlab.training.data.DatasetInfo;
import org.initlab.training.data.DatasetNotes;
import org.initlab.training.data.DatasetSource;
import org.initlab.training.data.DecodedSplit;
import org.initlab.training.data.Labels;
import org.initlab.training.data.LoadRequest;
import org.initlab.training.data.PositiveClass;
import org.initlab.training.data.Split;
import org.initlab.training.data.SplitClasses;
import org.initlab.training.data.Splits;
import org.initlab.training.data.files.FileStamp;
import org.initlab.training.data.files.ReadFault;
import org.initlab.training.spec.DatasetSpec;
import org.initlab.training.spec.ImageShape;
import org.initlab.training.spec.ImageTransform;
import org.initlab.training.spec.InputForm;
import org.initlab.training.spec.TrainingException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The user's own images, one folder per class: {@code train/CLASS/…} and {@code test/CLASS/…}, or just {@code CLASS/…}.
 * As their sizes differ, they are kept at the network's size.
 */
public final class ImageFolder implements DatasetSource {
    private static final Logger log = LoggerFactory.getLogger(ImageFolder.class);
    private static final int LOG_ROWS = 5000;

    private final Path datasets;
    private final FolderListings listings = new FolderListings();

    /** Looks for the folders that specs name below {@code datasets}. */
    public ImageFolder(Path datasets) {
        this.datasets = datasets;
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
    public boolean keepsRowsInForm() {
        return true;
    }

    @Override
    public Optional<String> missing(DatasetSpec spec) {
        return ImageTree.exists(datasets, spec.path())
                ? Optional.empty()
                : Optional.of("the folder " + datasets.getFileName() + "/" + spec.path());
    }

    @Override
    public Object version(DatasetSpec spec) {
        FolderListing rows = listing(spec).limited(spec);
        return List.of(stamps(rows.train()), stamps(rows.test()));
    }

    @Override
    public Object classesVersion(DatasetSpec spec) {
        FolderListing rows = listing(spec);
        return List.of(rows.folders(), rows.train().size(), rows.test().size());
    }

    private static List<FileStamp> stamps(List<FolderListing.Row> rows) {
        return rows.stream().map(FolderListing.Row::file).map(FileStamp::of).toList();
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
        FolderListing rows = listing(request.spec()).limited(request.spec());
        return new Splits(decode(rows.train(), request), decode(rows.test(), request));
    }

    private ImageTree tree(DatasetSpec spec) {
        return new ImageTree(datasets, spec.path());
    }

    private FolderListing listing(DatasetSpec spec) {
        return listings.of(tree(spec));
    }

    private DecodedSplit decode(List<FolderListing.Row> rows, LoadRequest request) {
        ImageTransform transform = (ImageTransform) request.form();
        int size = transform.crop();
        Images split = Images.allocate(rows.size(), size, size, RgbImage.CHANNELS);
        for (int row = 0; row < rows.size(); row++) {
            request.onProgress().run();
            split.classes()[row] = rows.get(row).label();
            decode(rows.get(row).file(), request.spec())
                    .transformInto(transform, split.pixels(), row * split.imageBytes());
            if (row % LOG_ROWS == LOG_ROWS - 1) {
                log.info(
                        "Decoded {} of {} images of {}",
                        row + 1,
                        rows.size(),
                        request.spec().path());
            }
        }
        return new Transformed(split);
    }

    /** Images that already have the network's size. */
    private record Transformed(Images images) implements DecodedSplit {
        @Override
        public int[] classes() {
            return images.classes();
        }

        @Override
        public Split select(Labels labels, InputForm form) {
            return images.select(labels, ImageTransform.square(images.height()));
        }
    }

    private RgbImage decode(Path file, DatasetSpec spec) {
        try {
            return ImageDecoder.decode(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new TrainingException(
                    "cannot read the image " + tree(spec).name(file) + " (" + ReadFault.reason(e)
                            + "); repair or remove it",
                    e);
        }
    }
}
