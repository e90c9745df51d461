package org.initlab.training.data.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.initlab.training.catalog.DatasetAddresses;
import org.initlab.training.catalog.DatasetCatalog;
import org.initlab.training.data.BinaryDataset;
import org.initlab.training.data.Split;
import org.initlab.training.data.SplitClasses;
import org.initlab.training.data.cache.RowCache;
import org.initlab.training.spec.DatasetSpec;
import org.initlab.training.spec.ImageTransform;
import org.initlab.training.spec.TrainingException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Cifar10Test {
    private static final DatasetSpec CIFAR10 = new DatasetSpec("cifar10", null, null, null, null, null);

    @TempDir
    private Path datasets;

    private Path folder;

    @BeforeEach
    void writeFiles() throws IOException {
        folder = CifarFiles.write(datasets);
    }

    @Test
    void planesBecomeInterleavedChannelsInTheFilesOrder() {
        Split train = load().train();
        assertThat(train.labels().count()).isEqualTo(50);
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray images = train.load(manager, new int[] {47, 0});
            assertThat(images.getShape()).isEqualTo(new Shape(2, 32, 32, 3));
            int[] pixels = images.toUint8Array();
            assertThat(Arrays.copyOf(pixels, 3))
                    .containsExactly(CifarFiles.value(4, 7, 0), CifarFiles.value(4, 7, 1), CifarFiles.value(4, 7, 2));
            assertThat(Arrays.copyOfRange(pixels, 3072, 3075)).containsExactly(0, 1, 2);
        }
    }

    @Test
    void theLabelIsOneOnlyForThePositiveClass() {
        try (NDManager manager = NDManager.newBaseManager()) {
            float[] labels =
                    load().test().labels().load(manager, new int[] {5, 6, 7}).toFloatArray();
            assertThat(labels).containsExactly(0, 1, 0);
        }
    }

    @Test
    void aTruncatedFileIsRefusedWithItsName() throws IOException {
        Files.write(folder.resolve("data_batch_3.bin"), Arrays.copyOf(CifarFiles.records(2), 30_000));
        assertRefused("/cifar-10-batches-bin/data_batch_3.bin has 30,000 bytes");
    }

    @Test
    void anEmptyFileIsRefusedWithItsName() throws IOException {
        Files.write(folder.resolve("test_batch.bin"), new byte[0]);
        assertRefused("test_batch.bin has 0 bytes");
    }

    @Test
    void aLabelOutOfRangeIsRefusedWithTheFilesName() throws IOException {
        byte[] records = CifarFiles.records(0);
        records[3073] = 10;
        Files.write(folder.resolve("data_batch_1.bin"), records);
        assertRefused("data_batch_1.bin has the label 10");
    }

    @Test
    void theLabelsAreKnownWithoutTheImages() {
        SplitClasses classes = new Cifar10(datasets, URI.create("http://localhost:1/"), cache())
                .classes(new DatasetSpec("cifar10", null, null, null, null, null), null);
        assertThat(classes.train()).hasSize(50).startsWith(0, 1, 2).endsWith(8, 9);
        assertThat(classes.test()).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    }

    private void assertRefused(String message) {
        assertThatExceptionOfType(TrainingException.class)
                .isThrownBy(this::load)
                .withMessageContaining(message)
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain(datasets.toString()));
    }

    private BinaryDataset load() {
        return new DatasetCatalog(datasets, DatasetAddresses.official(), cache())
                .load(CIFAR10, ImageTransform.square(32), () -> {});
    }

    private RowCache cache() {
        return RowCache.unlimited(datasets.resolve("cache"));
    }
}
