package org.initlab.training.data.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.initlab.training.data.LoadRequest;
import org.initlab.training.data.PositiveClass;
import org.initlab.training.data.cache.RowCache;
import org.initlab.training.download.FileServer;
import org.initlab.training.spec.DatasetSpec;
import org.initlab.training.spec.ImageTransform;
import org.initlab.training.spec.TrainingException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Cifar10DownloadTest {
    private static final LoadRequest REQUEST = new LoadRequest(
            new DatasetSpec("cifar10", null, null, null, null, null),
            new PositiveClass(6, "frog"),
            ImageTransform.square(32),
            () -> {});

    @TempDir
    private Path home;

    private Path datasets;
    private final Map<String, byte[]> entries = new LinkedHashMap<>();

    @BeforeEach
    void fillArchive() {
        datasets = home.resolve("datasets");
        for (int file = 0; file < CifarFiles.NAMES.size(); file++) {
            entries.put("cifar-10-batches-bin/" + CifarFiles.NAMES.get(file), CifarFiles.records(file));
        }
        entries.put("cifar-10-batches-bin/readme.html", new byte[100]);
    }

    @Test
    void missingFilesAreDownloadedUnpackedAndReadable() throws Exception {
        Cifar10 cifar10 = served();
        assertThat(cifar10.info().available()).isTrue();
        assertThat(cifar10.read(REQUEST).train().classes()).hasSize(50);
        assertThat(names(datasets)).containsExactlyInAnyOrder("cifar-10-batches-bin", "cifar-10-binary.tar.gz");
        assertThat(names(datasets.resolve("cifar-10-batches-bin"))).hasSameElementsAs(CifarFiles.NAMES);
    }

    @Test
    void filesThatAreThereNeedNoNetwork() throws Exception {
        CifarFiles.write(datasets);
        new Cifar10(datasets, URI.create("http://localhost:1/none"), cache()).fetch(REQUEST);
    }

    @Test
    void anArchivePutThereByHandNeedsNoNetwork() throws Exception {
        Files.createDirectories(datasets);
        Files.write(datasets.resolve("cifar-10-binary.tar.gz"), archive());
        Cifar10 cifar10 =
                new Cifar10(datasets, URI.create("http://localhost:1/none"), DigestUtils.sha256Hex(archive()), cache());
        cifar10.fetch(REQUEST);
        assertThat(cifar10.info().available()).isTrue();
    }

    @Test
    void withoutANetworkTheErrorSaysWhereToPutTheFiles() {
        Cifar10 cifar10 = new Cifar10(datasets, URI.create("http://localhost:1/none"), cache());
        assertThatExceptionOfType(TrainingException.class)
                .isThrownBy(() -> cifar10.fetch(REQUEST))
                .withMessage(
                        "cannot download cifar-10-binary.tar.gz from localhost: no connection; check the network and try again. "
                                + "Or put cifar-10-binary.tar.gz into datasets below initlab.home, or its .bin files into "
                                + "datasets/cifar-10-batches-bin");
    }

    @Test
    void anEntryThatLeavesTheFolderIsNotWritten() throws Exception {
        entries.put("../../escaped.bin", new byte[10]);
        entries.put("/tmp/../escaped.bin", new byte[10]);
        served();
        try (Stream<Path> files = Files.walk(home)) {
            assertThat(files.map(file -> file.getFileName().toString())).doesNotContain("escaped.bin");
        }
    }

    @Test
    void anArchiveThatLacksAFileLeavesNothingBehind() {
        entries.remove("cifar-10-batches-bin/data_batch_4.bin");
        assertThatExceptionOfType(TrainingException.class)
                .isThrownBy(this::served)
                .withMessageContaining("lacks cifar-10-batches-bin/data_batch_4.bin");
        assertThat(datasets.resolve("cifar-10-batches-bin")).isEmptyDirectory();
    }

    @Test
    void anEntryThatIsTooLargeIsRefused() {
        entries.put("cifar-10-batches-bin/test_batch.bin", new byte[160_000_000]);
        assertThatExceptionOfType(TrainingException.class)
                .isThrownBy(this::served)
                .withMessageContaining("cifar-10-batches-bin/test_batch.bin has 160,000,000 bytes");
    }

    private Cifar10 served() throws IOException {
        byte[] archive = archive();
        try (FileServer server = new FileServer(archive)) {
            Cifar10 cifar10 = new Cifar10(datasets, server.uri(), DigestUtils.sha256Hex(archive), cache());
            cifar10.fetch(REQUEST);
            return cifar10;
        }
    }

    private byte[] archive() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GzipCompressorOutputStream(bytes))) {
            for (Map.Entry<String, byte[]> file : entries.entrySet()) {
                TarArchiveEntry entry = new TarArchiveEntry(file.getKey(), true);
                entry.setSize(file.getValue().length);
                // so that two archives are equal even if a second passes between them
                entry.setModTime(0);
                tar.putArchiveEntry(entry);
                tar.write(file.getValue());
                tar.closeArchiveEntry();
            }
        }
        return bytes.toByteArray();
    }

    private static Stream<String> names(Path folder) {
        return Stream.of(folder.toFile().list());
    }

    private RowCache cache() {
        return RowCache.unlimited(home.resolve("cache"));
    }
}
