package org.initlab.training.data.cache;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.initlab.training.data.files.ReadFault;
import org.initlab.training.spec.TrainingException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder of decoded rows. What was used least recently goes when the limit would be passed, but never what a run of any process
 * on this host uses. Thread-safe.
 */
public final class RowCache {
    private static final Logger log = LoggerFactory.getLogger(RowCache.class);
    private static final String ENDING = ".rows";
    private static final String UNFINISHED = ".new";
    private static final long BYTES_A_MEGABYTE = 1_000_000;

    /**
     * What this process has open, and how often. Each file has one channel in the whole process: closing another, even one that the
     * JDK opens to set a file's time, would release the lock that keeps the file.
     */
    private static final Map<Path, Shared> OPEN = new HashMap<>();

    private final Path folder;
    private final long limit;

    private static final class Shared {
        private final RowFile file;
        private int users;

        private Shared(RowFile file) {
            this.file = file;
        }
    }

    /**
     * Describes a cache; its folder is made when it is first needed.
     *
     * @param limit how many bytes the files may take; a run that needs more still gets it
     */
    public RowCache(Path folder, long limit) {
        this.folder = folder.toAbsolutePath().normalize();
        this.limit = limit;
    }

    /** A cache of any size, for tests and tools. */
    public static RowCache unlimited(Path folder) {
        return new RowCache(folder, Long.MAX_VALUE);
    }

    /**
     * Opens the rows of a key; whoever does closes them.
     *
     * @param rows how many of them are needed
     * @throws TrainingException if the cache cannot be written, or the disk is full
     */
    RowFile open(CacheKey key, int rows) {
        Path path = folder.resolve(key.hash().substring(0, 32) + ENDING);
        synchronized (OPEN) {
            Shared shared = OPEN.get(path);
            try {
                if (shared == null) {
                    shared = new Shared(openFirst(path, key, rows));
                    OPEN.put(path, shared);
                }
            } catch (IOException e) {
                throw failure(e);
            }
            shared.users++;
            return shared.file;
        }
    }

    /**
     * Makes a file for this process only. It has no name, so its space is free once its channel and mappings are gone, however the
     * process ends.
     */
    public FileChannel scratch() throws IOException {
        Files.createDirectories(folder);
        // removed as unfinished, should the process end before the name is gone
        return FileChannel.open(
                folder.resolve(UUID.randomUUID() + UNFINISHED),
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                StandardOpenOption.DELETE_ON_CLOSE);
    }

    void close(RowFile file) {
        synchronized (OPEN) {
            Shared shared = OPEN.get(file.path());
            shared.users--;
            if (shared.users == 0) {
                OPEN.remove(file.path());
                try {
                    file.touch();
                    file.close();
                } catch (IOException e) {
                    log.warn("Cannot close the cached {}: {}", file.path().getFileName(), e.toString());
                }
            }
        }
    }

    private RowFile openFirst(Path path, CacheKey key, int rows) throws IOException {
        Files.createDirectories(folder);
        try (FileChannel channel =
                        FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock alone = channel.lock()) {
            log.trace("Holds {}", alone);
            removeUnfinished();
            if (Files.exists(path) && !RowFile.isWhole(path, key)) {
                log.warn("The cached {} is damaged or no file of this version, and made anew", path.getFileName());
                Files.delete(path);
            }
            makeRoom(path, (long) rows * key.rowBytes());
            if (!Files.exists(path)) {
                Path beside = folder.resolve(path.getFileName() + UNFINISHED);
                RowFile.create(beside, key);
                Files.move(beside, path, StandardCopyOption.ATOMIC_MOVE);
            }
            return RowFile.open(path, key).orElseThrow(NoLocksException::new);
        }
    }

    /** The folder's file system has no locks. */
    private static final class NoLocksException extends IOException {
        private NoLocksException() {
            super("its file system has no locks");
        }
    }

    /** What processes that died have left; whoever makes a file holds the folder's lock. */
    private void removeUnfinished() throws IOException {
        for (Path file : files(UNFINISHED)) {
            // a table's file loses its name by itself
            Files.deleteIfExists(file);
        }
    }

    /**
     * Removes what was used least recently until there is room for a file within the limit and on the disk.
     *
     * @param opened the file, which may be there already
     * @param bytes what it will take
     */
    private void makeRoom(Path opened, long bytes) throws IOException {
        List<Kept> others = new ArrayList<>();
        for (Path file : files(ENDING)) {
            if (!file.equals(opened)) {
                Shared shared = OPEN.get(file);
                long used = shared == null ? RowFile.usedBytes(file) : shared.file.usedBytes();
                others.add(new Kept(file, used, Files.getLastModifiedTime(file)));
            }
        }
        others.sort(Comparator.comparing(Kept::used));
        long total = bytes + others.stream().mapToLong(Kept::bytes).sum();
        long missing = bytes - (Files.exists(opened) ? RowFile.usedBytes(opened) : 0);
        for (Kept other : others) {
            if (total <= limit && Files.getFileStore(folder).getUsableSpace() >= missing) {
                return;
            }
            if (!OPEN.containsKey(other.path()) && remove(other.path())) {
                log.info(
                        "Removed the cached {}, which was used least recently",
                        other.path().getFileName());
                total -= other.bytes();
            }
        }
        if (total > limit) {
            log.warn(
                    "The images in use take {} MB decoded, more than the {} MB of initlab.cache.limit: they stay while they are used,"
                            + " and may have to be decoded again for the next run; raise it if there is room",
                    total / BYTES_A_MEGABYTE,
                    limit / BYTES_A_MEGABYTE);
        }
    }

    private record Kept(Path path, long bytes, FileTime used) {}

    /** Removes a file unless a process has it open. */
    private static boolean remove(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
                FileLock alone = channel.tryLock(0, 1, false)) {
            if (alone != null) {
                Files.delete(file);
            }
            return alone != null;
        } catch (NoSuchFileException e) {
            return true;
        }
    }

    private List<Path> files(String ending) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(file -> file.getFileName().toString().endsWith(ending))
                    .toList();
        }
    }

    /** What to tell the user of a cache that cannot be read or written. */
    public static TrainingException failure(IOException cause) {
        return new TrainingException(
                "cannot keep data in the cache (" + ReadFault.reason(cause)
                        + "): check that the disk of initlab.cache.folder has room and can be written, or set another folder",
                cause);
    }
}
