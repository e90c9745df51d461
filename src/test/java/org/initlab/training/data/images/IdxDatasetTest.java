package org.initlab.training.data.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.djl.ndarray.NDManager;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.codec.digest.DigestUtils;
import org.initlab.training.catalog.DatasetAddresses;
import org.initlab.training.catalog.DatasetCatalog;
import org.initlab.training.data.BinaryDataset;
import org.initlab.training.data.LoadRequest;
import org.initlab.training.data.PositiveClass;
import org.initlab.training.data.cache.RowCache;
import org.initlab.training.download.FileServer;
import org.initlab.training.spec.DatasetSpec;
import org.initlab.training.spec.ImageShape;
import org.initlab.training.spec.ImageTransform;
import org.initlab.training.spec.TrainingException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdxDatasetTest {
    private static final String TRAIN_IMAGES = "train-images-idx3-ubyte";
    private static final String TRAIN_LABELS = "train-labels-idx1-ubyte";
    private static final String TEST_IMAGES = "t10k-images-idx3-ubyte";
    private static final String TEST_LABELS = "t10k-labels-idx1-ubyte";

    @TempDir
    private Path datasets;

    private Path folder;

    @BeforeEach
    void writeFiles() throws IOException {
        folder = Files.createDirectories(datasets.resolve("mnist"));
        write(TRAIN_IMAGES, images(30));
        write(TRAIN_LABELS, labels(30));
        write(TEST_IMAGES, images(20));
        write(TEST_LABELS, labels(20));
    }

    @Test
    void imagesAndLabelsAreReadInTheirOrder() {
        BinaryDataset data = load("mnist", "7");
        assertThat(data.summary().positiveClass()).isEqualTo(new PositiveClass(7, "7"));
        assertThat(data.train().labels().count()).isEqualTo(30);
        assertThat(data.train().shape()).isEqualTo(new ImageShape(28, 28, 1));
        assertThat(data.test().labels().count()).isEqualTo(20);
        assertThat(data.test().labels().isPositive(17)).isTrue();
        assertThat(data.test().labels().isPositive(18)).isFalse();
        try (NDManager manager = NDManager.newBaseManager()) {
            int[] image = data.train().load(manager, new int[] {29}).toUint8Array();
            assertThat(image).hasSize(784).containsOnly(29);
        }
    }

    @Test
    void gzippedFilesGiveTheSameData() throws IOException {
        String plain = load("mnist", "7").summary().fingerprint();
        for (String name : List.of(TRAIN_IMAGES, TRAIN_LABELS, TEST_IMAGES, TEST_LABELS)) {
            Path file = folder.resolve(name);
            write(name + ".gz", gzip(Files.readAllBytes(file)));
            Files.delete(file);
        }
        assertThat(load("mnist", "7").summary().fingerprint()).isEqualTo(plain);
    }

    @Test
    void filesWithADotBeforeTheFormatGiveTheSameData() throws IOException {
        String official = load("mnist", "7").summary().fingerprint();
        for (String name : List.of(TRAIN_IMAGES, TRAIN_LABELS, TEST_IMAGES, TEST_LABELS)) {
            byte[] content = Files.readAllBytes(folder.resolve(name));
            Files.delete(folder.resolve(name));
            boolean gzipped = name.equals(TEST_LABELS);
            write(name.replace("-idx", ".idx") + (gzipped ? ".gz" : ""), gzipped ? gzip(content) : content);
        }
        assertThat(load("mnist", "7").summary().fingerprint()).isEqualTo(official);
    }

    @Test
    void fashionMnistHasItsOwnFolderAndClasses() throws IOException {
        Files.move(folder, datasets.resolve("fashion_mnist"));
        assertThat(load("fashion_mnist", "Ankle boot").summary().positiveClass())
                .isEqualTo(new PositiveClass(9, "Ankle boot"));
        assertThat(load("fashion_mnist", null).summary().positiveClass().name()).isEqualTo("T-shirt/top");
    }

    @Test
    void damagedFilesAreRefusedWithTheirName() throws IOException {
        assertRefused(TRAIN_IMAGES, Arrays.copyOf(images(30), 10_000), "ends too early");
        assertRefused(TRAIN_IMAGES, Arrays.copyOf(images(30), 100_000), "longer than its header says");
        assertRefused(TRAIN_IMAGES, labels(30), "not an IDX file of images");
        assertRefused(TRAIN_IMAGES, images(0), "0 rows");
        assertRefused(TRAIN_IMAGES, idx(0x0803, Integer.MAX_VALUE, 28, 28), "2147483647 rows");
        assertRefused(TRAIN_IMAGES, idx(0x0803, 30, 28, 29), "do not have 28×28 pixels");
        assertRefused(TEST_LABELS, labels(19), "number of rows differs");
        assertRefused(TEST_LABELS, Arrays.copyOf(labels(20), 15), "ends too early");
        byte[] wrongLabel = labels(20);
        wrongLabel[27] = 10;
        assertRefused(TEST_LABELS, wrongLabel, "the label 10");
    }

    @Test
    void aFileThatIsNotGzippedIsRefusedWithItsName() throws IOException {
        Files.delete(folder.resolve(TEST_LABELS));
        write(TEST_LABELS + ".gz", labels(20));
        assertThatExceptionOfType(TrainingException.class)
                .isThrownBy(() -> load("mnist", null))
                .withMessageContaining("mnist/t10k-labels-idx1-ubyte.gz")
                .withMessageContaining("GZIP");
    }

    @Test
    void aMissingFileIsDownloaded() throws IOException {
        byte[] gzipped = gzip(labels(20));
        Files.delete(folder.resolve(TEST_LABELS));
        try (FileServer server = new FileServer(gzipped)) {
            IdxDataset mnist = dataset(server.uri().resolve("/file/"), DigestUtils.sha256Hex(gzipped));
            assertThat(mnist.info().available()).isFalse();
            mnist.fetch(request());
            assertThat(mnist.info().available()).isTrue();
            assertThat(mnist.read(request()).test().classes()).hasSize(20);
            assertThat(server.ranges()).hasSize(1);
        }
    }

    @Test
    void withoutANetworkTheErrorSaysWhereToPutTheFile() throws IOException {
        Files.delete(folder.resolve(TEST_LABELS));
        assertThatExceptionOfType(TrainingException.class)
                .isThrownBy(
                        () -> dataset(URI.create("http://localhost:1/"), "00").fetch(request()))
                .withMessageContaining("put t10k-labels-idx1-ubyte.gz into ")
                .withMessageContaining("/mnist below initlab.home");
    }

    private IdxDataset dataset(URI address, String sha256) {
        List<String> classes = List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
        return new IdxDataset("mnist", classes, IdxDataset.parts("", "", "", sha256), datasets, address, cache());
    }

    private RowCache cache() {
        return RowCache.unlimited(datasets.resolve("cache"));
    }

    private static LoadRequest request() {
        DatasetSpec spec = new DatasetSpec("mnist", null, null, null, null, null);
        return new LoadRequest(spec, new PositiveClass(0, "0"), ImageTransform.square(28), () -> {});
    }

    private void assertRefused(String name, byte[] content, String fault) throws IOException {
        byte[] right = Files.readAllBytes(folder.resolve(name));
        write(name, content);
        assertThatExceptionOfType(TrainingException.class)
                .isThrownBy(() -> load("mnist", null))
                .withMessageContaining("/mnist/" + name)
                .withMessageContaining(fault)
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain(datasets.toString()));
        write(name, right);
    }

    private BinaryDataset load(String name, String positiveClass) {
        return new DatasetCatalog(datasets, DatasetAddresses.official(), cache())
                .load(
                        new DatasetSpec(name, positiveClass, null, null, null, null),
                        ImageTransform.square(28),
                        () -> {});
    }

    private void write(String name, byte[] content) throws IOException {
        Files.write(folder.resolve(name), content);
    }

    /** As many images as there are rows, each filled with its row's number. */
    private static byte[] images(int rows) {
        byte[] file = Arrays.copyOf(idx(0x0803, rows, 28, 28), 16 + rows * 784);
        for (int row = 0; row < rows; row++) {
            Arrays.fill(file, 16 + row * 784, 16 + (row + 1) * 784, (byte) row);
        }
        return file;
    }

    private static byte[] labels(int rows) {
        byte[] file = Arrays.copyOf(idx(0x0801, rows), 8 + rows);
        for (int row = 0; row < rows; row++) {
            file[8 + row] = (byte) (row % 10);
        }
        return file;
    }

    private static byte[] idx(int... header) {
        ByteBuffer bytes = ByteBuffer.allocate(header.length * 4);
        bytes.asIntBuffer().put(header);
        return bytes.array();
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content);
        }
        return bytes.toByteArray();
    }
}
