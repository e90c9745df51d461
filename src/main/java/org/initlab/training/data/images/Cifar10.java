package org.initlab.training.data.images;

import java.io.DataInputStream;
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
import org.initlab.training.data.DecodedSplits;
import org.initlab.training.data.LoadRequest;
import org.initlab.training.data.PositiveClass;
import org.initlab.training.data.SplitClasses;
import org.initlab.training.data.Splits;
import org.initlab.training.data.files.ReadFault;
import org.initlab.training.download.Download;
import org.initlab.training.spec.DatasetSpec;
import org.initlab.training.spec.ImageShape;
import org.initlab.training.spec.TrainingException;

/**
 * CIFAR-10 (Krizhevsky 2009) in its official binary layout: records of a label byte and 3,072 bytes, the red, green and blue planes
 * of 32×32 pixels.
 */
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
    private static final int SIDE = 32;
    private static final int PLANE = SIDE * SIDE;
    private static final int CHANNELS = 3;
    private static final int RECORD = 1 + CHANNELS * PLANE;

    private static final String ARCHIVE = "cifar-10-binary.tar.gz";
    private static final String SHA256 = "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd";

    private final DataFolder folder;
    private final URI address;
    private final String sha256;

    /** Keeps its files in a folder of {@code datasets}, and downloads them from an address if they are missing. */
    public Cifar10(Path datasets, URI address) {
        this(datasets, address, SHA256);
    }

    /** With another archive, for tests. */
    Cifar10(Path datasets, URI address, String sha256) {
        folder = new DataFolder(datasets, FOLDER);
        this.address = address;
        this.sha256 = sha256;
    }

    @Override
    public DatasetInfo info() {
        return new DatasetInfo(
                "cifar10",
                CLASSES,
                new PositiveClass(FROG, CLASSES.get(FROG)),
                new ImageShape(SIDE, SIDE, CHANNELS),
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
            new TarGz(archive, entries, (long) TRAIN_ROWS * RECORD).unpackTo(folder.path(), request.onProgress());
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
        return names.stream().flatMapToInt(this::classes).toArray();
    }

    /** Seeks from label to label. */
    private IntStream classes(String name) {
        int[] classes = new int[records(name)];
        ByteBuffer label = ByteBuffer.allocate(1);
        try (FileChannel channel = FileChannel.open(folder.path(name))) {
            for (int row = 0; row < classes.length; row++) {
                if (channel.read(label.clear(), (long) row * RECORD) != 1) {
                    throw new EOFException();
                }
                classes[row] = label(name, label.get(0) & 0xFF);
            }
            return Arrays.stream(classes);
        } catch (IOException e) {
            throw folder.unreadable(name, e);
        }
    }

    @Override
    public Splits read(LoadRequest request) {
        return new DecodedSplits(read(TRAIN_FILES), read(TEST_FILES));
    }

    private static List<String> files() {
        return Stream.concat(TRAIN_FILES.stream(), TEST_FILES.stream()).toList();
    }

    private Images read(List<String> names) {
        int rows = names.stream().mapToInt(this::records).sum();
        Images split = Images.allocate(rows, SIDE, SIDE, CHANNELS);
        int row = 0;
        for (String name : names) {
            row = readRecords(name, split, row);
        }
        return split;
    }

    private int records(String name) {
        long bytes = folder.size(name);
        if (bytes == 0 || bytes % RECORD != 0) {
            throw new TrainingException(String.format(
                    Locale.ROOT,
                    "%s has %,d bytes, not a multiple of %,d: it is damaged; replace it with the official file, or delete it "
                            + "to have it downloaded again",
                    folder.location(name),
                    bytes,
                    RECORD));
        }
        return Math.toIntExact(bytes / RECORD);
    }

    private int readRecords(String name, Images split, int firstRow) {
        int endRow = firstRow + records(name);
        byte[] image = new byte[RECORD - 1];
        try (DataInputStream in = folder.open(name)) {
            for (int row = firstRow; row < endRow; row++) {
                split.classes()[row] = label(name, in.readUnsignedByte());
                in.readFully(image);
                interleave(image, split.pixels(), row * split.imageBytes());
            }
            return endRow;
        } catch (IOException e) {
            throw folder.unreadable(name, e);
        }
    }

    private int label(String name, int label) {
        if (label >= CLASSES.size()) {
            throw new TrainingException(String.format(
                    Locale.ROOT,
                    "%s has the label %d, outside 0 to %d: it is damaged; replace it with the official file",
                    folder.location(name),
                    label,
                    CLASSES.size() - 1));
        }
        return label;
    }

    private static void interleave(byte[] planes, byte[] pixels, int offset) {
        int to = offset;
        for (int i = 0; i < PLANE; i++) {
            for (int c = 0; c < CHANNELS; c++) {
                pixels[to++] = planes[c * PLANE + i];
            }
        }
    }
}
