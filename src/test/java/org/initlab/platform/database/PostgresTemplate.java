package org.initlab.platform.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.springframework.util.FileSystemUtils;

/**
 * An empty PostgreSQL that is made once a build and copied: unpacking and initialising one takes four seconds of processor
 * time. A service that starts by the packaged archive makes its own, as its users' do.
 */
public final class PostgresTemplate {
    private static final Path TARGET = Path.of("target").toAbsolutePath();
    private static final Path HOME = TARGET.resolve("postgres-template");
    private static final Path LOCK = TARGET.resolve("postgres-template.lock");

    private PostgresTemplate() {}

    /** Puts a PostgreSQL that has never run below {@code home}, unless there is one. */
    public static void copyTo(Path home) {
        Path target = home.resolve(PostgresFolder.NAME);
        if (Files.exists(target)) {
            return;
        }
        try {
            copy(make(), Files.createDirectories(target));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @SuppressWarnings("try") // the lock is only held
    private static synchronized Path make() throws IOException {
        // the other test process may be at it
        try (FileChannel channel = FileChannel.open(LOCK, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            boolean isNew = Files.notExists(HOME);
            PostgresFolder template = PostgresFolder.open(Files.createDirectories(HOME));
            if (isNew) {
                // no test cuts the power
                Files.writeString(
                        template.data().resolve("postgresql.conf"), "fsync = off\n", StandardOpenOption.APPEND);
            }
        }
        return HOME.resolve(PostgresFolder.NAME);
    }

    /** The programs are not copied: nobody writes to them. */
    private static void copy(Path template, Path target) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(template)) {
            for (Path entry : entries) {
                Path copy = target.resolve(entry.getFileName());
                if (entry.getFileName().toString().startsWith("server-")) {
                    Files.createSymbolicLink(copy, entry);
                } else {
                    FileSystemUtils.copyRecursively(entry, copy);
                }
            }
        }
    }
}
