package org.initlab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;

/** The archive that {@code mvnw package} makes. */
public final class Distribution {
    private static final Path TARGET = Path.of("target").toAbsolutePath();
    private static final Path UNPACKED = TARGET.resolve("distribution");

    private static final Path LOCK = TARGET.resolve("distribution.lock");

    private Distribution() {}

    /** Its {@code bin/initlab}, unpacked as on a server; again only where the archive is newer. */
    @SuppressWarnings("try") // the lock is only held
    public static synchronized Path program() {
        Path program = UNPACKED.resolve("bin/initlab");
        // another test process may be unpacking it
        try (FileChannel channel = FileChannel.open(LOCK, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            if (!Files.exists(program) || modified(UNPACKED) < modified(archive())) {
                run("rm", "-rf", UNPACKED);
                Files.createDirectories(UNPACKED);
                run("tar", "-xzf", archive(), "-C", UNPACKED, "--strip-components=1");
                run("touch", UNPACKED);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return program;
    }

    /** The archive itself. */
    public static Path archive() throws IOException {
        try (Stream<Path> files = Files.list(TARGET)) {
            return files.filter(file -> file.getFileName().toString().matches("initlab-.*\\.tar\\.gz"))
                    .findFirst()
                    .orElseThrow(() ->
                            new IllegalStateException("there is no target/initlab-*.tar.gz; ./mvnw package makes it"));
        }
    }

    private static long modified(Path file) throws IOException {
        return Files.getLastModifiedTime(file).toMillis();
    }

    private static void run(String program, Object... arguments) throws IOException {
        ExternalTool.Result result = ExternalTool.run(Path.of(program), arguments);
        if (result.status() != 0) {
            throw new IOException(program + " failed: " + result.output());
        }
    }
}
