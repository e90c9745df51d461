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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.initlab.training.catalog.DatasetAddresses;
import org.initlab.training.catalog.DatasetCatalog;
import org.initlab.training.data.BinaryDataset;
import org.initlab.training.data.ClassCount;
import org.initlab.training.data.PositiveClass;
import org.initlab.training.spec.DatasetSpec;
import org.initlab.training.spec.ImageTransform;
import org.initlab.training.spec.Interpolation;
import org.initlab.training.spec.TrainingException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageFolderTest {
    @TempDir
    private Path home;

    private Path datasets;
    private DatasetCatalog catalog;

    @BeforeEach
    void openCatalog() throws IOException {
        datasets = Files.createDirectories(home.resolve("datasets"));
        catalog = new DatasetCatalog(datasets, DatasetAddresses.official());
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
        BinaryDataset data = catalog.load(spec("pets"), transform, () -> {});
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
        DatasetCatalog another = new DatasetCatalog(datasets, DatasetAddresses.official());
        assertThat(another.load(spec("flat"), ImageTransform.square(16), () -> {})
                        .summary()
                        .fingerprint())
                .isEqualTo(data.summary().fingerprint());
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
        assertRefused("flat", "cannot read the image datasets/flat/b/4.png (it is truncated); repair or remove it");
    }

    @Test
    void aFileThatIsNotAnImageIsNamedAndRefused() throws IOException {
        write("flat/a", 10, Color.RED);
        write("flat/b", 10, Color.BLUE);
        Files.writeString(datasets.resolve("flat/a/.DS_Store"), "hidden");
        load(spec("flat"));
        Files.writeString(datasets.resolve("flat/a/notes.txt"), "no image");
        assertRefused("flat", "datasets/flat/a/notes.txt is not a PNG, JPEG, BMP, GIF or WebP image");
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
        Files.createSymbolicLink(datasets.resolve("linked"), home.resolve("elsewhere"));
        assertRefused("linked", "datasets/linked points outside the folder datasets");
        Files.createDirectories(datasets.resolve("split"));
        Files.createSymbolicLink(datasets.resolve("split/train"), home.resolve("elsewhere"));
        Files.createSymbolicLink(datasets.resolve("split/test"), home.resolve("elsewhere"));
        assertThatExceptionOfType(TrainingException.class)
                .isThrownBy(() -> catalog.classNames(spec("split")))
                .withMessageContaining("datasets/split/train points outside the folder datasets");
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
        assertRefused("more", "test has the class \"z\", which train lacks");
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

    private BinaryDataset load(DatasetSpec spec) {
        return catalog.load(spec, ImageTransform.square(16), () -> {});
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
