package org.initlab.training.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.initlab.training.data.BinaryDataset;
import org.initlab.training.data.ClassCount;
import org.initlab.training.data.DatasetInfo;
import org.initlab.training.data.DatasetSummary;
import org.initlab.training.data.PositiveClass;
import org.initlab.training.data.cache.RowCache;
import org.initlab.training.data.images.CifarFiles;
import org.initlab.training.spec.DatasetSpec;
import org.initlab.training.spec.ImageTransform;
import org.initlab.training.spec.TrainingException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetCatalogTest {
    @TempDir
    private Path datasets;

    private DatasetCatalog catalog;

    @BeforeEach
    void openCatalog() {
        catalog = new DatasetCatalog(
                datasets, DatasetAddresses.official(), RowCache.unlimited(datasets.resolve("cache")));
    }

    @Test
    void aDatasetIsFoundByItsName() {
        assertThat(catalog.all()).extracting(DatasetInfo::name).contains("cifar10", "digits", "synthetic");
        assertThat(catalog.named("digits")).hasValueSatisfying(digits -> {
            assertThat(digits.trainRows()).isEqualTo(1437);
            assertThat(digits.available()).isTrue();
        });
        assertThat(catalog.named("cifar")).isEmpty();
    }

    @Test
    void aPositiveClassIsResolvedByNameOrByIndexOrByDefault() {
        PositiveClass frog = new PositiveClass(6, "frog");
        assertThat(catalog.resolvePositiveClass(spec("cifar10", "frog"))).contains(frog);
        assertThat(catalog.resolvePositiveClass(spec("cifar10", "6"))).contains(frog);
        assertThat(catalog.resolvePositiveClass(spec("cifar10", null))).contains(frog);
        assertThat(Stream.of("10", "-1", "Frog", "", "99999999999"))
                .allSatisfy(unknown -> assertThat(catalog.resolvePositiveClass(spec("cifar10", unknown)))
                        .isEmpty());
    }

    @Test
    void anUnknownClassIsRefusedWithTheKnownNames() {
        assertThatExceptionOfType(TrainingException.class)
                .isThrownBy(() -> load(spec("cifar10", "frgo")))
                .withMessageContaining("\"frgo\"")
                .withMessageContaining("frog, horse");
    }

    @Test
    void limitsTakeTheFirstRows() throws IOException {
        CifarFiles.write(datasets);
        BinaryDataset data = load(new DatasetSpec("cifar10", "bird", 12, 3, null, null));
        assertThat(data.train().labels().count()).isEqualTo(12);
        assertThat(data.train().labels().positives()).isEqualTo(1);
        assertThat(data.test().labels().count()).isEqualTo(3);
        assertThat(data.summary().trainCounts())
                .contains(new ClassCount(0, "airplane", 2), new ClassCount(2, "bird", 1))
                .hasSize(10);
        assertThat(data.summary().testCounts()).contains(new ClassCount(2, "bird", 1), new ClassCount(3, "cat", 0));
    }

    @Test
    void aTrainingSplitOfOneClassIsRefused() throws IOException {
        CifarFiles.write(datasets);
        assertThatExceptionOfType(TrainingException.class)
                .isThrownBy(() -> load(new DatasetSpec("cifar10", "frog", 6, null, null, null)))
                .withMessageContaining("0 of the positive class \"frog\"");
    }

    @Test
    void aTestSplitOfOneClassIsAllowed() throws IOException {
        CifarFiles.write(datasets);
        BinaryDataset data = load(new DatasetSpec("cifar10", "frog", null, 6, null, null));
        assertThat(data.test().labels().positives()).isZero();
    }

    @Test
    void aPositiveRateIsMetInBothSplits() {
        BinaryDataset data = load(new DatasetSpec("digits", "3", null, null, 0.02, null));
        assertThat(data.train().labels().positiveRate()).isBetween(0.0195, 0.0205);
        assertThat(data.test().labels().positiveRate()).isBetween(0.018, 0.022);
    }

    /** Even if labels and rows are read by different code, or the labels are not read at all. */
    @Test
    void countingLabelsFindsWhatLoadingFinds() throws IOException {
        CifarFiles.write(datasets);
        for (DatasetSpec spec : List.of(
                new DatasetSpec("cifar10", "bird", 32, null, 0.2, null),
                new DatasetSpec("digits", "3", 700, 100, 0.05, null),
                new DatasetSpec("synthetic", "other", 60, 40, 0.3, null),
                new DatasetSpec("synthetic", null, 60, 40, null, null))) {
            DatasetSummary counted = catalog.summarize(spec);
            DatasetSummary loaded = load(spec).summary();
            assertThat(counted.fingerprint()).isNull();
            assertThat(counted)
                    .usingRecursiveComparison()
                    .ignoringFields("fingerprint")
                    .isEqualTo(loaded);
            assertThat(counted.agreesWith(loaded)).isTrue();
        }
    }

    @Test
    void differentDataDoNotAgree() throws IOException {
        DatasetSummary digits = load(spec("digits", "3")).summary();
        assertThat(digits.agreesWith(load(spec("digits", "4")).summary())).isFalse();
        assertThat(digits.agreesWith(catalog.summarize(new DatasetSpec("digits", "3", 1436, null, null, null))))
                .isFalse();
        Path folder = CifarFiles.write(datasets);
        DatasetSummary frogs = load(spec("cifar10", "frog")).summary();
        change(folder.resolve("test_batch.bin"), 20_000);
        assertThat(load(spec("cifar10", "frog")).summary().agreesWith(frogs)).isFalse();
    }

    @Test
    void labelsOfDamagedFilesAreRefusedWithoutReadingTheirImages() throws IOException {
        Path folder = CifarFiles.write(datasets);
        change(folder.resolve("data_batch_2.bin"), 3073, 99);
        assertThatExceptionOfType(TrainingException.class)
                .isThrownBy(() -> catalog.summarize(spec("cifar10", "frog")))
                .withMessageContaining("data_batch_2.bin has the label 99");
    }

    @Test
    void theSameDataHasTheSameFingerprintInAnotherCatalogue() {
        DatasetSpec spec = new DatasetSpec("digits", "3", 500, 100, 0.05, null);
        assertThat(load(spec).summary().fingerprint())
                .matches("sha256:[0-9a-f]{64}")
                .isEqualTo(new DatasetCatalog(
                                datasets, DatasetAddresses.official(), RowCache.unlimited(datasets.resolve("cache")))
                        .load(spec, ImageTransform.square(8), () -> {})
                        .summary()
                        .fingerprint());
    }

    @Test
    void theFingerprintCoversPixelsLabelsAndThePositiveClass() throws IOException {
        Path folder = CifarFiles.write(datasets);
        String original = load(spec("cifar10", "frog")).summary().fingerprint();
        String otherClass = load(spec("cifar10", "truck")).summary().fingerprint();
        change(folder.resolve("test_batch.bin"), 20_000);
        String otherPixel = load(spec("cifar10", "frog")).summary().fingerprint();
        change(folder.resolve("data_batch_2.bin"), 3073);
        String otherLabel = load(spec("cifar10", "frog")).summary().fingerprint();
        assertThat(List.of(original, otherClass, otherPixel, otherLabel)).doesNotHaveDuplicates();
    }

    /** As unpacking the official archive over damaged files does. */
    @Test
    void aFileReplacedByAnotherOfTheSameSizeAndTimeIsNoticed() throws IOException {
        Path file = CifarFiles.write(datasets).resolve("test_batch.bin");
        FileTime written = Files.getLastModifiedTime(file);
        String first = load(spec("cifar10", "frog")).summary().fingerprint();
        change(file, 20_000);
        Files.setLastModifiedTime(file, written);
        assertThat(load(spec("cifar10", "frog")).summary().fingerprint()).isNotEqualTo(first);
    }

    @Test
    void threadsMayLoadAtTheSameTime() {
        List<CompletableFuture<String>> loads = Stream.of("digits", "synthetic", "digits", "synthetic")
                .map(name -> CompletableFuture.supplyAsync(() -> load(new DatasetSpec(name, null, 50, 50, null, null))
                        .summary()
                        .fingerprint()))
                .toList();
        List<String> prints = loads.stream().map(CompletableFuture::join).toList();
        assertThat(prints.subList(0, 2)).isEqualTo(prints.subList(2, 4)).doesNotHaveDuplicates();
    }

    private static void change(Path file, int at) throws IOException {
        change(file, at, Files.readAllBytes(file)[at] ^ 1);
    }

    private static void change(Path file, int at, int value) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[at] = (byte) value;
        Files.write(file, bytes);
        Files.setLastModifiedTime(file, FileTime.fromMillis(1));
    }

    private BinaryDataset load(DatasetSpec spec) {
        return catalog.load(spec, ImageTransform.square(32), () -> {});
    }

    private static DatasetSpec spec(String name, String positiveClass) {
        return new DatasetSpec(name, positiveClass, null, null, null, null);
    }
}
