package org.initlab.training.data.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.initlab.training.catalog.DatasetAddresses;
import org.initlab.training.catalog.DatasetCatalog;
import org.initlab.training.data.BinaryDataset;
import org.initlab.training.data.ClassCount;
import org.initlab.training.data.DatasetSummary;
import org.initlab.training.data.PositiveClass;
import org.initlab.training.data.SplitFolders;
import org.initlab.training.data.cache.RowCache;
import org.initlab.training.spec.DatasetSpec;
import org.initlab.training.spec.ImageTransform;
import org.initlab.training.spec.Interpolation;
import org.initlab.training.spec.TrainingException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageFolderTest {
    @TempDir
    private Path home;

    private Path datasets;
    private DatasetCatalog catalog;
    private final List<BinaryDataset> opened = new ArrayList<>();

    @BeforeEach
    void openCatalog() throws IOException {
        datasets = Files.createDirectories(home.resolve("datasets"));
        catalog = catalog(home);
    }

    @AfterEach
    void close() {
        opened.forEach(BinaryDataset::close);
    }

    @Test
    void trainAndTestFoldersAreTheSplits() throws IOException {
        write("pets/train/dog", 6, Color.RED);
        write("pets/train/cat", 3, Color.BLUE);
        write("pets/test/cat", 2, Color.BLUE);
        write("pets/test/dog", 1, Color.RED);
        BinaryDataset data = load(spec("pets"));
        assertThat(catalog.classNames(spec("pets"))).containsExactly("cat", "dog");
        assertThat(data.summary().positiveClass()).isEqualTo(new PositiveClass(0, "cat"));
        assertThat(data.summary().trainCounts())
                .containsExactly(new ClassCount(0, "cat", 3), new ClassCount(1, "dog", 6));
        assertThat(data.summary().testCounts())
                .containsExactly(new ClassCount(0, "cat", 2), new ClassCount(1, "dog", 1));
    }

    @Test
    void imagesHaveTheNetworksSizeAndTheirOwnLabels() throws IOException {
        write("pets/train/dog", 6, Color.RED);
        write("pets/train/cat", 3, Color.BLUE);
        write("pets/test/cat", 2, Color.BLUE);
        write("pets/test/dog", 1, Color.RED);
        ImageTransform transform = ImageTransform.resizeAndCrop(12, Interpolation.BICUBIC, 8);
        BinaryDataset data = load(catalog, spec("pets"), transform);
        try (NDManager manager = NDManager.newBaseManager()) {
            int[] positions = IntStream.range(0, 9).toArray();
            NDArray images = data.train().load(manager, positions);
            assertThat(images.getShape()).isEqualTo(new Shape(9, 8, 8, 3));
            assertThat(data.train().pipeline(manager).apply(images).getShape()).isEqualTo(new Shape(9, 3, 8, 8));
            int[] pixels = images.toUint8Array();
            for (int position : positions) {
                boolean blue = pixels[position * 192] == 0 && pixels[position * 192 + 2] == 255;
                assertThat(data.train().labels().isPositive(position)).isEqualTo(blue);
            }
        }
    }

    @Test
    void aFifthOfEveryClassChosenBySeedIsTheTestSplitOfATreeWithoutSplits() throws IOException {
        write("flat/a", 20, Color.RED);
        write("flat/b", 5, Color.BLUE);
        BinaryDataset data = load(spec("flat"));
        assertThat(data.summary().trainCounts()).containsExactly(new ClassCount(0, "a", 16), new ClassCount(1, "b", 4));
        assertThat(data.summary().testCounts()).containsExactly(new ClassCount(0, "a", 4), new ClassCount(1, "b", 1));
    }

    @Test
    void theFingerprintIsOfNamesLabelsAndFilesOnAnyHost() throws IOException {
        write("flat/a/sub", 10, Color.RED);
        write("flat/b", 10, Color.BLUE);
        String original = fingerprint(spec("flat"));
        assertThat(original).matches("sha256:v2:[0-9a-f]{64}");

        Path host = home.resolve("host");
        writeTo(host.resolve("datasets/there/a/sub"), 10, Color.RED);
        writeTo(host.resolve("datasets/there/b"), 10, Color.BLUE);
        BinaryDataset there = load(catalog(host), spec("there"), ImageTransform.square(8));
        assertThat(there.whenReady().fingerprint()).isEqualTo(original);

        assertThat(fingerprint(new DatasetSpec("image_folder", "b", null, null, null, "flat")))
                .isNotEqualTo(original);
        Path image = datasets.resolve("flat/a/sub/0.png");
        byte[] bytes = Files.readAllBytes(image);
        Files.write(image, Arrays.copyOf(bytes, bytes.length + 1));
        assertThat(fingerprint(spec("flat"))).isNotEqualTo(original);
        Files.write(image, bytes);
        assertThat(fingerprint(spec("flat"))).isEqualTo(original);
        Files.move(image, image.resolveSibling("00.png"));
        assertThat(fingerprint(spec("flat"))).isNotEqualTo(original);
    }

    @Test
    void anImageIsDecodedOnceWhateverTheLimits() throws IOException {
        write("flat/a", 10, Color.RED);
        write("flat/b", 10, Color.BLUE);
        String all = fingerprint(spec("flat"));
        for (Path image : images()) {
            FileTime written = Files.getLastModifiedTime(image);
            Files.write(image, new byte[(int) Files.size(image)]);
            Files.setLastModifiedTime(image, written);
        }
        assertThat(fingerprint(spec("flat"))).isEqualTo(all);
        DatasetSpec some = new DatasetSpec("image_folder", null, 10, 2, null, "flat");
        assertThat(fingerprint(some)).isNotEqualTo(all);
    }

    private List<Path> images() throws IOException {
        try (Stream<Path> files = Files.walk(datasets)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    @Test
    void aLimitTakesAFairSampleOfTheClasses() throws IOException {
        write("flat/a", 50, Color.RED);
        write("flat/b", 50, Color.BLUE);
        BinaryDataset data = load(new DatasetSpec("image_folder", "b", 40, 10, null, "flat"));
        assertThat(data.train().labels().count()).isEqualTo(40);
        assertThat(data.train().labels().positives()).isBetween(10, 30);
    }

    @Test
    void anAddedImageIsSeenWithoutARestart() throws IOException {
        write("flat/a", 10, Color.RED);
        write("flat/b", 10, Color.BLUE);
        load(spec("flat"));
        write("flat/b", 15, Color.BLUE);
        assertThat(load(spec("flat")).summary().trainCounts()).contains(new ClassCount(1, "b", 12));
    }

    @Test
    void aBrokenImageIsNamedAndRefused() throws IOException {
        write("flat/a", 10, Color.RED);
        write("flat/b", 10, Color.BLUE);
        Path broken = datasets.resolve("flat/b/4.png");
        Files.write(broken, Arrays.copyOf(Files.readAllBytes(broken), 60));
        BinaryDataset data = load(spec("flat"));
        String message = "cannot read the image datasets/flat/b/4.png (it is truncated); repair or remove it";
        assertThatExceptionOfType(TrainingException.class)
                .isThrownBy(data::whenReady)
                .withMessage(message);
        int[] all = IntStream.range(0, 16).toArray();
        try (NDManager manager = NDManager.newBaseManager()) {
            assertThatExceptionOfType(TrainingException.class)
                    .isThrownBy(() -> {
                        data.train().load(manager, all);
                        data.test().load(manager, new int[] {0, 1, 2, 3});
                    })
                    .withMessage(message);
        }
    }

    @Test
    void filesThatAreNoImagesByTheirNamesAreLeftOutAndCounted() throws IOException {
        write("flat/a", 10, Color.RED);
        write("flat/b", 10, Color.BLUE);
        Files.move(datasets.resolve("flat/a/3.png"), datasets.resolve("flat/a/3.JPG"));
        List<String> others = List.of(
                "a/.DS_Store",
                "a/Thumbs.db",
                "a/desktop.ini",
                "a/README.txt",
                "b/labels.csv",
                "b/._3.png",
                "b/png",
                "x.json");
        for (String other : others) {
            Files.writeString(datasets.resolve("flat").resolve(other), "no image");
        }
        for (String folder : List.of("__MACOSX/a", ".ipynb_checkpoints", "a/.ipynb_checkpoints", "__MACOSX")) {
            Files.createDirectories(datasets.resolve("flat").resolve(folder));
            Files.writeString(datasets.resolve("flat").resolve(folder).resolve("1.png"), "no image");
        }
        DatasetSummary summary = load(spec("flat")).summary();
        assertThat(summary.trainCounts()).containsExactly(new ClassCount(0, "a", 8), new ClassCount(1, "b", 8));
        assertThat(summary.ignoredFiles()).isEqualTo(others.size());
        assertThat(summary.warnings()).singleElement().asString().contains("1 .csv", "1 .json", "1 .txt");
        assertThat(catalog.summarize(spec("flat")))
                .usingRecursiveComparison()
                .ignoringFields("fingerprint")
                .isEqualTo(summary);
    }

    @ParameterizedTest
    @CsvSource({
        "train, test",
        "Train, Test",
        "TRAIN, TESTING",
        "training, testing",
        "training_set, test_set",
        "Training-Data, Test Data",
        "train, val",
        "train_data, valid",
        "training, Validation_Set",
    })
    void splitFoldersAreToldByTheirNames(String train, String test) throws IOException {
        for (String folder : List.of(train, test)) {
            write("pets/" + folder + "/cat", 2, Color.BLUE);
            write("pets/" + folder + "/dog", 3, Color.RED);
        }
        DatasetSummary summary = load(spec("pets")).summary();
        assertThat(catalog.classNames(spec("pets"))).containsExactly("cat", "dog");
        assertThat(summary.trainRows()).isEqualTo(5);
        assertThat(summary.folders()).isEqualTo(new SplitFolders(train, test));
        boolean validation = test.toLowerCase(Locale.ROOT).startsWith("val");
        assertThat(summary.warnings()).hasSize(validation ? 1 : 0);
    }

    @Test
    void testWinsOverValAndWhatIsLeftOutIsSaid() throws IOException {
        for (String folder : List.of("train", "val", "test", "extra")) {
            write("pets/" + folder + "/cat", folder.length(), Color.BLUE);
            write("pets/" + folder + "/dog", folder.length(), Color.RED);
        }
        DatasetSummary summary = load(spec("pets")).summary();
        assertThat(summary.testRows()).isEqualTo(8);
        assertThat(summary.folders()).isEqualTo(new SplitFolders("train", "test"));
        assertThat(summary.warnings()).singleElement().asString().contains("Left out", "\"extra\", \"val\"");
        write("pets/Test/cat", 1, Color.BLUE);
        assertRefused("pets", "\"Test\", \"test\", which mean the same split");
    }

    @ParameterizedTest
    @CsvSource({"cat/indoor, dog/indoor, indoor", "fold1/cat, fold2/cat, cat", "cat/train, dog/train, train"})
    void classesThatShareFoldersAreLegalButLookLikeSplits(String first, String second, String shared)
            throws IOException {
        write("odd/" + first, 10, Color.RED);
        write("odd/" + second, 10, Color.BLUE);
        assertThat(load(spec("odd")).summary().warnings())
                .singleElement()
                .asString()
                .contains("all have the folders \"" + shared + "\"", "folds or splits");
    }

    @Test
    void aClassMayHaveASplitsNameWhereNothingElseSpeaksForASplit() throws IOException {
        write("odd/valid", 10, Color.RED);
        write("odd/invalid", 10, Color.BLUE);
        assertThat(load(spec("odd")).summary().warnings())
                .singleElement()
                .asString()
                .contains("\"valid\" has the name of a split");
        Files.move(datasets.resolve("odd/valid"), datasets.resolve("odd/test"));
        assertRefused("odd", "datasets/odd has only one of train and test (\"test\")");
    }

    @Test
    void namesAreEqualInEveryUnicodeForm() throws IOException {
        write("caf\u00e9/train/\u00e4pfel", 2, Color.RED);
        write("caf\u00e9/train/birnen", 2, Color.BLUE);
        write("caf\u00e9/test/a\u0308pfel", 2, Color.RED);
        assertThat(load(spec("cafe\u0301")).summary().testCounts()).contains(new ClassCount(1, "\u00e4pfel", 2));
        write("caf\u00e9/test/\u00e4pfel", 2, Color.RED);
        assertRefused("caf\u00e9", "two folders called \"\u00e4pfel\"");
    }

    @Test
    void aPathThatLeavesTheFolderIsRefused() throws IOException {
        writeTo(home.resolve("elsewhere/a"), 2, Color.RED);
        for (String path :
                new String[] {"../elsewhere", home.resolve("elsewhere").toString(), "x/../../elsewhere"}) {
            assertThatExceptionOfType(TrainingException.class)
                    .isThrownBy(() -> load(spec(path)))
                    .withMessageContaining("points outside the folder datasets below initlab.home");
        }
        assertRefused(".", "datasets holds no folders");
        assertRefused("a\0b", "characters that are not allowed in a path");
        assertRefused(null, "image_folder needs dataset.path");
        assertRefused("missing", "there is no folder datasets/missing below initlab.home");
    }

    @Test
    void aLinkThatLeavesTheFolderIsRefused() throws IOException {
        writeTo(home.resolve("elsewhere/b"), 10, Color.BLUE);
        write("flat/a", 10, Color.RED);
        write("flat/c", 10, Color.RED);
        Path link = Files.createSymbolicLink(datasets.resolve("flat/b"), home.resolve("elsewhere/b"));
        assertRefused("flat", "datasets/flat/b points outside the folder datasets");
        Files.delete(link);
        Files.createSymbolicLink(datasets.resolve("flat/a/99.png"), home.resolve("elsewhere/b/0.png"));
        assertRefused("flat", "datasets/flat/a/99.png points outside the folder datasets");
        write("holes/a", 2, Color.RED);
        Files.createSymbolicLink(datasets.resolve("holes/a/9.png"), home.resolve("nowhere"));
        assertRefused("holes", "cannot read datasets/holes/a/9.png (it is not there, or a link to nothing)");
        Files.createSymbolicLink(datasets.resolve("linked"), home.resolve("elsewhere"));
        assertRefused("linked", "datasets/linked points outside the folder datasets");
        Files.createDirectories(datasets.resolve("split"));
        Files.createSymbolicLink(datasets.resolve("split/train"), home.resolve("elsewhere"));
        Files.createSymbolicLink(datasets.resolve("split/test"), home.resolve("elsewhere"));
        assertThatExceptionOfType(TrainingException.class)
                .isThrownBy(() -> catalog.classNames(spec("split")))
                .withMessageContaining("datasets/split/train points outside the folder datasets");
    }

    /** A pipe, which a thread that opens it would wait for, is of the same kind to Java. */
    @Test
    void aSocketWithAnImagesNameIsRefused() throws IOException {
        write("flat/a", 10, Color.RED);
        write("flat/b", 10, Color.BLUE);
        try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            socket.bind(UnixDomainSocketAddress.of(datasets.resolve("flat/a/99.png")));
            assertRefused("flat", "datasets/flat/a/99.png is no file but a pipe, a socket or a device");
            Files.move(datasets.resolve("flat/a/99.png"), datasets.resolve("s"));
            Files.createSymbolicLink(datasets.resolve("flat/b/99.png"), datasets.resolve("s"));
            assertRefused("flat", "datasets/flat/b/99.png is no file but a pipe, a socket or a device");
        }
    }

    @Test
    void aLinkWithinTheFolderIsFollowed() throws IOException {
        write("pool/b", 10, Color.BLUE);
        write("flat/a", 10, Color.RED);
        Files.createSymbolicLink(datasets.resolve("flat/b"), datasets.resolve("pool/b"));
        assertThat(load(spec("flat")).train().labels().count()).isEqualTo(16);
    }

    @Test
    void anInconsistentLayoutIsRefused() throws IOException {
        Files.createDirectories(datasets.resolve("empty"));
        assertRefused("empty", "datasets/empty holds no folders; put one there for each class");
        Files.createDirectories(datasets.resolve("hollow/a"));
        assertRefused("hollow", "datasets/hollow/a holds no image");
        write("half/train/a", 2, Color.RED);
        assertRefused("half", "datasets/half has only one of train and test");
        write("more/train/a", 2, Color.RED);
        write("more/test/z", 2, Color.RED);
        assertRefused("more", "test has the class \"z\", which the training folder lacks");
        write("zip/zip/a", 2, Color.RED);
        write("zip/zip/b", 2, Color.RED);
        assertRefused("zip", "datasets/zip has only one class folder, \"zip\"");
        write("few/a", 2, Color.RED);
        write("few/b", 2, Color.RED);
        assertRefused("few", "the test split has no rows");
    }

    private void assertRefused(String path, String message) {
        assertThatExceptionOfType(TrainingException.class)
                .isThrownBy(() -> load(spec(path)))
                .withMessageContaining(message)
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain(home.toString()));
    }

    private String fingerprint(DatasetSpec spec) {
        return load(spec).whenReady().fingerprint();
    }

    private BinaryDataset load(DatasetSpec spec) {
        return load(catalog, spec, ImageTransform.square(16));
    }

    private BinaryDataset load(DatasetCatalog from, DatasetSpec spec, ImageTransform transform) {
        BinaryDataset data = from.load(spec, transform, () -> {});
        opened.add(data);
        return data;
    }

    private static DatasetCatalog catalog(Path home) {
        return new DatasetCatalog(
                home.resolve("datasets"), DatasetAddresses.official(), RowCache.unlimited(home.resolve("cache")));
    }

    private static DatasetSpec spec(String path) {
        return new DatasetSpec("image_folder", null, null, null, null, path);
    }

    private void write(String folder, int images, Color colour) throws IOException {
        writeTo(datasets.resolve(folder), images, colour);
    }

    private static void writeTo(Path folder, int images, Color colour) throws IOException {
        Files.createDirectories(folder);
        for (int i = 0; i < images; i++) {
            BufferedImage image = new BufferedImage(20 + i, 16, BufferedImage.TYPE_INT_RGB);
            Graphics2D graphics = image.createGraphics();
            graphics.setColor(colour);
            graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
            graphics.dispose();
            ImageIO.write(image, "png", folder.resolve(i + ".png").toFile());
        }
    }
}
