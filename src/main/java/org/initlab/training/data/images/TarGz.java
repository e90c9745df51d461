package org.initlab.training.data.images;

import static org.initlab.text.Counts.counted;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/**
 * Takes only the wanted files out of a {@code .tar.gz}; no entry's name can make it write a file elsewhere.
 *
 * @param archive the file to read
 * @param entries the full names of the entries wanted
 * @param maxBytes how large one of them may be
 */
record TarGz(Path archive, Set<String> entries, long maxBytes) {

    /**
     * Unpacks next to a folder, then moves the files into it.
     *
     * @param onProgress called for every entry
     * @throws IOException if the archive is damaged, lacks a file or has one that is too large; the folder is then
     *     unchanged
     */
    void unpackTo(Path folder, Runnable onProgress) throws IOException {
        Files.createDirectories(folder);
        Path beside = Files.createTempDirectory(folder.toAbsolutePath().getParent(), "unpacking");
        try {
            Set<String> names = unpack(beside, onProgress);
            for (String name : names) {
                Files.move(beside.resolve(name), folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
            }
        } finally {
            delete(beside);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    private Set<String> unpack(Path beside, Runnable onProgress) throws IOException {
        Set<String> missing = new TreeSet<>(entries);
        Set<String> names = new TreeSet<>();
        try (TarArchiveInputStream tar = new TarArchiveInputStream(
                new GzipCompressorInputStream(new BufferedInputStream(Files.newInputStream(archive))))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                onProgress.run();
                if (entry.isFile() && missing.remove(entry.getName())) {
                    checkSize(entry);
                    String name = Path.of(entry.getName()).getFileName().toString();
                    Files.copy(tar, beside.resolve(name));
                    names.add(name);
                }
            }
        }
        if (!missing.isEmpty()) {
            throw new IOException("it lacks " + String.join(", ", missing));
        }
        return names;
    }

    private void checkSize(TarArchiveEntry entry) throws IOException {
        if (entry.getSize() > maxBytes) {
            throw new IOException(entry.getName() + " has " + counted(entry.getSize(), "byte"));
        }
    }
}
