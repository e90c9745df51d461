package org.initlab;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The service's classes as the JVM shares them between processes: a process that starts with them needs a quarter less
 * processor time to be ready, and the tests start dozens.
 *
 * <p>The JVM shares classes of jars only, so {@code target/classes} becomes one.
 */
final class SharedClasses {
    private static final Path TARGET = Path.of("target").toAbsolutePath();
    private static final Path CLASSES = TARGET.resolve("classes");
    private static final Path JAR = TARGET.resolve("shared-classes.jar");
    private static final Path ARCHIVE = TARGET.resolve("shared-classes.jsa");
    private static final Path LOCK = TARGET.resolve("shared-classes.lock");

    private static final String SPEC =
            """
            {"dataset": {"name": "synthetic", "trainLimit": 8, "testLimit": 8, "positiveRate": 0.5},
             "model": {"architecture": "efficientnet_b0"}, "biasInits": [{"type": "zeros"}],
             "training": {"epochs": 1, "batchSize": 8}, "trials": 1}""";

    private static final List<String> OPTIONS = prepare();

    private SharedClasses() {}

    /** The options of a JVM that has the service on its class path, and no class of a test. */
    static List<String> options() {
        return OPTIONS;
    }

    @SuppressWarnings("try") // the lock is only held
    private static List<String> prepare() {
        if (classPath().noneMatch(CLASSES::equals)) {
            // a copy, as on the host of bench/gpu, which may have neither a PyTorch of its own nor a JDK
            return List.of("-cp", System.getProperty("java.class.path"));
        }
        // the other test process may be at it
        try (FileChannel channel = FileChannel.open(LOCK, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            if (!Files.exists(ARCHIVE) || modified(ARCHIVE) < newestClass()) {
                pack();
                archive();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return with("-XX:SharedArchiveFile=" + ARCHIVE);
    }

    private static void pack() throws IOException {
        Files.deleteIfExists(ARCHIVE);
        ToolProvider jar = ToolProvider.findFirst("jar").orElseThrow();
        if (jar.run(
                        System.out,
                        System.err,
                        "--create",
                        "--no-compress",
                        "--file",
                        JAR.toString(),
                        "-C",
                        CLASSES.toString(),
                        ".")
                != 0) {
            throw new IOException("jar failed");
        }
    }

    /** Shares what a start and a first run load; the file appears when that process ends. */
    private static void archive() throws IOException {
        Path home = Files.createDirectories(TARGET.resolve("shared-classes"));
        ServiceProcess service = ServiceProcess.launchWith(
                with("-XX:ArchiveClassesAtExit=" + ARCHIVE), home, "initlab.quickstart=false");
        service.awaitReady();
        service.client().awaitEnd(service.client().submit(SPEC));
        service.terminate();
    }

    private static List<String> with(String option) {
        List<String> options = new ArrayList<>(List.of(option, "-Xlog:cds=off", "-Xlog:cds+dynamic=off", "-cp"));
        options.add(classPath()
                .filter(entry -> !Files.isDirectory(entry))
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator, JAR + File.pathSeparator, "")));
        return options;
    }

    private static Stream<Path> classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath());
    }

    private static long newestClass() throws IOException {
        try (Stream<Path> files = Files.walk(CLASSES)) {
            return files.mapToLong(SharedClasses::modified).max().orElseThrow();
        }
    }

    private static long modified(Path file) {
        try {
            return Files.getLastModifiedTime(file).toMillis();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
