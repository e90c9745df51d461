package org.initlab.training.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;
import org.initlab.training.spec.TrainingException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DownloadTest {
    private static final byte[] CONTENT = new byte[300_000];
    private static final String BY_HAND = "put weights.bin into weights below initlab.home";

    @TempDir
    private Path folder;

    private FileServer server;
    private Path target;

    @BeforeEach
    void serve() throws IOException {
        new Random(1).nextBytes(CONTENT);
        server = new FileServer(CONTENT);
        target = folder.resolve("weights/weights.bin");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aFileIsFetchedCheckedAndMovedIntoPlace() throws Exception {
        fetch(DigestUtils.sha256Hex(CONTENT));
        assertThat(target).hasBinaryContent(CONTENT);
        assertThat(filesInTargetFolder()).containsExactly("weights.bin");
    }

    @Test
    void theFirstDigitsOfTheHashAreEnough() throws Exception {
        fetch(DigestUtils.sha256Hex(CONTENT).substring(0, 8));
        assertThat(target).hasBinaryContent(CONTENT);
    }

    @Test
    void anExistingFileIsCheckedAndNotFetchedAgain() throws Exception {
        fetch(DigestUtils.sha256Hex(CONTENT));
        fetch(DigestUtils.sha256Hex(CONTENT));
        assertThat(server.ranges()).hasSize(1);
        Files.write(target, new byte[1]);
        assertFails(DigestUtils.sha256Hex(CONTENT), "the existing file does not have the SHA-256", "delete it");
    }

    /** A pipe, which a thread that opens it would wait for, is of the same kind to Java. */
    @Test
    void aSocketInItsPlaceIsRefused() throws IOException {
        Files.createDirectories(target.getParent());
        try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            socket.bind(UnixDomainSocketAddress.of(target));
            assertFails("00", "what is there already is no file; remove it", BY_HAND);
        }
    }

    @Test
    void aCutOffDownloadResumesWhereItEnded() throws Exception {
        server.cuttingAfter(130_000);
        fetch(DigestUtils.sha256Hex(CONTENT));
        assertThat(target).hasBinaryContent(CONTENT);
        assertThat(server.ranges()).containsExactly("", "bytes=130000-", "bytes=260000-");
    }

    @Test
    void anExceptionFromTheProgressCallStopsItAndALaterCallResumes() throws Exception {
        Path part = folder.resolve("weights/weights.bin.part");
        Runnable cancelOnceSomethingCame = () -> {
            if (Files.exists(part) && part.toFile().length() > 0) {
                throw new IllegalStateException("cancelled");
            }
        };
        assertThatIllegalStateException()
                .isThrownBy(() -> download(DigestUtils.sha256Hex(CONTENT)).fetch(cancelOnceSomethingCame))
                .withMessage("cancelled");
        long kept = Files.size(part);
        fetch(DigestUtils.sha256Hex(CONTENT));
        assertThat(target).hasBinaryContent(CONTENT);
        assertThat(server.ranges()).containsExactly("", "bytes=" + kept + "-");
    }

    @Test
    void aServerThatIgnoresRangeSendsItAllAgain() throws Exception {
        writePart(CONTENT, 100_000);
        server.withoutRange();
        fetch(DigestUtils.sha256Hex(CONTENT));
        assertThat(target).hasBinaryContent(CONTENT);
        assertThat(server.ranges()).containsExactly("bytes=100000-");
    }

    @Test
    void aCompletePartIsKept() throws Exception {
        writePart(CONTENT, CONTENT.length);
        fetch(DigestUtils.sha256Hex(CONTENT));
        assertThat(target).hasBinaryContent(CONTENT);
        assertThat(server.ranges()).containsExactly("bytes=300000-");
    }

    @Test
    void aPartOfAnotherFileIsThrownAway() throws Exception {
        writePart(new byte[100_000], 100_000);
        fetch(DigestUtils.sha256Hex(CONTENT));
        assertThat(target).hasBinaryContent(CONTENT);
        assertThat(server.ranges()).containsExactly("bytes=100000-", "");
    }

    @Test
    void aWrongHashIsRefusedAndLeavesNothingInPlace() throws Exception {
        assertFails("deadbeef", "the downloaded file does not have the SHA-256 deadbeef", BY_HAND);
        assertThat(target).doesNotExist();
        fetch(DigestUtils.sha256Hex(CONTENT));
        assertThat(target).hasBinaryContent(CONTENT);
    }

    @Test
    void aDeadLinkIsNamedWithItsStatus() {
        server.answering(404);
        assertFails("00", "weights.bin", "localhost", "answered 404", BY_HAND);
    }

    @Test
    void aFailedConnectionIsReportedWithWhatToDo() throws IOException {
        URI closed;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = URI.create("http://localhost:" + socket.getLocalPort() + "/file");
        }
        assertThatExceptionOfType(TrainingException.class)
                .isThrownBy(() -> new Download(closed, target, "00", BY_HAND).fetch(() -> {}))
                .withMessageContainingAll("no connection", BY_HAND);
    }

    @Test
    void aSilentServerIsAbandoned() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            URI uri = URI.create("http://localhost:" + silent.getLocalPort() + "/file");
            Download download = new Download(uri, target, "00", BY_HAND, Duration.ofMillis(100));
            assertThatExceptionOfType(TrainingException.class)
                    .isThrownBy(() -> download.fetch(() -> {}))
                    .withMessageContaining("silent");
        }
    }

    @Test
    void severalFetchesOfOneFileAreOneDownload() throws Exception {
        // not the common pool: the HTTP client finishes its work there, and these tasks wait for it
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            Callable<Void> fetch = () -> {
                fetch(DigestUtils.sha256Hex(CONTENT));
                return null;
            };
            for (Future<Void> done : threads.invokeAll(Collections.nCopies(4, fetch))) {
                done.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(target).hasBinaryContent(CONTENT);
        assertThat(server.ranges()).containsExactly("");
        assertThat(filesInTargetFolder()).containsExactly("weights.bin");
    }

    private void fetch(String sha256) {
        download(sha256).fetch(() -> {});
    }

    private Download download(String sha256) {
        return new Download(server.uri(), target, sha256, BY_HAND);
    }

    private void assertFails(String sha256, String... parts) {
        assertThatExceptionOfType(TrainingException.class)
                .isThrownBy(() -> fetch(sha256))
                .withMessageContainingAll(parts)
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain(folder.toString()));
    }

    private void writePart(byte[] bytes, int length) throws IOException {
        Files.createDirectories(target.getParent());
        Files.write(folder.resolve("weights/weights.bin.part"), Arrays.copyOf(bytes, length));
    }

    private List<String> filesInTargetFolder() throws IOException {
        try (Stream<Path> files = Files.list(target.getParent())) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
