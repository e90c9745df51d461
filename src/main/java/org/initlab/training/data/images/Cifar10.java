package org.initlab.training.data.images;

import java.io.EOFException;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.initlab.training.data.DatasetInfo;
import org.initlab.training.data.DatasetSource;
import org.initlab.training.data.LoadRequest;
import org.initlab.training.data.PositiveClass;
import org.initlab.training.data.SplitClasses;
import org.initlab.training.data.Splits;
import org.initlab.training.data.cache.RowCache;
import org.initlab.training.data.files.ReadFault;
import org.initlab.training.download.Download;
import org.initlab.training.spec.DatasetSpec;
import org.initlab.training.spec.ImageShape;
import org.initlab.training.spec.TrainingException;

/** CIFAR-10 (Krizhevsky 2009) in its official binary layout, of 32×32 pixels in colour. */
public final class Cifar10 implements DatasetSource {
    private static final List<String> CLASSES =
            List.of("airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck");
    private static final int FROG = 6;
    private static final String FOLDER = "cifar-10-batches-bin";
    private static final List<String> TRAIN_FILES =
            List.of("data_batch_1.bin", "data_batch_2.bin", "data_batch_3.bin", "data_batch_4.bin", "data_batch_5.bin");
    private static final List<String> TEST_FILES = List.of("test_batch.bin");
    private static final int TRAIN_ROWS = 50_000;
    private static final int TEST_ROWS = 10_000;
    private static final ImageShape SHAPE = new ImageShape(CifarRecords.SIDE, CifarRecords.SIDE, CifarRecords.CHANNELS);
    /** Raised whenever a record may be decoded to other pixels than before. */
    private static final String DECODER = "1";

    private static final String ARCHIVE = "cifar-10-binary.tar.gz";
    private static final String SHA256 = "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd";

    private final DataFolder folder;
    private final StreamedImages images;
    private final URI address;
    private final String sha256;

    /** Keeps its files in a folder of {@code datasets}, and downloads them from an address if they are missing. */
    public Cifar10(Path datasets, URI address, RowCache cache) {
        this(datasets, address, SHA256, cache);
    }

    /** With another archive, for tests. */
    Cifar10(Path datasets, URI address, String sha256, RowCache cache) {
        folder = new DataFolder(datasets, FOLDER);
        images = new StreamedImages(cache, SHAPE);
        this.address = address;
        this.sha256 = sha256;
    }

    @Override
    public DatasetInfo info() {
        return new DatasetInfo(
                "cifar10",
                CLASSES,
                new PositiveClass(FROG, CLASSES.get(FROG)),
                SHAPE,
                TRAIN_ROWS,
                TEST_ROWS,
                folder.holds(files()),
                folder.location());
    }

    /** Keeps the archive, so that files can be unpacked again offline; it may also have been put there by hand. */
    @Override
    public void fetch(LoadRequest request) {
        if (folder.holds(files())) {
            return;
        }
        Path archive = folder.datasets().resolve(ARCHIVE);
        String byHand = String.format(
                Locale.ROOT,
                "put %s into %s below initlab.home, or its .bin files into %s",
                ARCHIVE,
                archive.getParent().getFileName(),
                folder.location());
        new Download(address, archive, sha256, byHand).fetch(request.onProgress());
        Set<String> entries = files().stream().map(file -> FOLDER + "/" + file).collect(Collectors.toSet());
        try {
            new TarGz(archive, entries, (long) TRAIN_ROWS * CifarRecords.BYTES)
                    .unpackTo(folder.path(), request.onProgress());
        } catch (IOException e) {
            throw new TrainingException("cannot unpack " + ARCHIVE + ": " + ReadFault.reason(e), e);
        }
    }

    @Override
    public Object version(DatasetSpec spec) {
        return folder.stamps(files());
    }

    @Override
    public SplitClasses classes(DatasetSpec spec, PositiveClass positiveClass) {
        return new SplitClasses(classes(TRAIN_FILES), classes(TEST_FILES));
    }

    private int[] classes(List<String> names) {
        CifarRecords records = records(names);
        return names.stream().flatMapToInt(name -> classes(records, name)).toArray();
    }

    /** Seeks from label to label. */
    private IntStream classes(CifarRecords records, String name) {
        int[] classes = new int[records.count(name)];
        ByteBuffer label = ByteBuffer.allocate(1);
        try (FileChannel channel = FileChannel.open(folder.path(name))) {
            for (int row = 0; row < classes.length; row++) {
                if (channel.read(label.clear(), (long) row * CifarRecords.BYTES) != 1) {
                    throw new EOFException();
                }
                classes[row] = records.label(name, label.get(0) & 0xFF);
            }
            return Arrays.stream(classes);
        } catch (IOException e) {
            throw folder.unreadable(name, e);
        }
    }

    @Override
    public Splits read(LoadRequest request) {
        return images.open(part(TRAIN_FILES), part(TEST_FILES), request);
    }

    private StreamedImages.Part part(List<String> names) {
        CifarRecords records = records(names);
        List<String> identity = List.of("cifar10", DECODER, folder.identity(), String.join(",", names));
        return new StreamedImages.Part(identity, records.count(), records);
    }

    private CifarRecords records(List<String> names) {
        return new CifarRecords(folder, names, CLASSES.size());
    }

    private static List<String> files() {
        return Stream.concat(TRAIN_FILES.stream(), TEST_FILES.stream()).toList();
    }
}
