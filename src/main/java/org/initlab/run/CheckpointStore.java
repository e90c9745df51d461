package org.initlab.run;

import java.io.BufferedOutputStream;
import java.io.FileNotFoundException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;
import org.initlab.platform.InitLabProperties;
import org.initlab.platform.Role;
import org.initlab.platform.WritableFolder;
import org.initlab.training.Snapshot;
import org.initlab.training.SnapshotFile;
import org.initlab.training.spec.TrainingException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.util.FileSystemUtils;

/** Checkpoints as safetensors files, a folder a run; a file is complete as soon as it has its name. */
@Component
class CheckpointStore {
    private static final Logger log = LoggerFactory.getLogger(CheckpointStore.class);
    private static final Pattern ATTEMPT = Pattern.compile("attempt-(\\d+)\\.");
    private static final int BUFFER = 1 << 20;

    private final Path root;
    private final Set<Path> undeletable = ConcurrentHashMap.newKeySet();

    CheckpointStore(InitLabProperties service, CheckpointProperties properties) {
        root = properties.folder() == null
                ? service.home().resolve("checkpoints")
                : properties.folder().toAbsolutePath().normalize();
        if (service.does(Role.WORKER)) {
            WritableFolder.require(
                    root, "Checkpoints", "initlab.checkpoint.folder", "workers on several hosts have to share it");
        }
    }

    /** Writes beside, syncs, and moves; the attempt in the name keeps two workers out of each other's files. */
    CheckpointRef write(Lease lease, Snapshot snapshot) {
        String name = String.format(
                Locale.ROOT,
                "%s/epoch-%04d-step-%d-attempt-%d.safetensors",
                lease.runId(),
                snapshot.epoch(),
                snapshot.partial().steps(),
                lease.attempt());
        Path file = root.resolve(name);
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try {
            Files.createDirectories(file.getParent());
            String sha256 = writeSynced(snapshot, part);
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            sync(file.getParent());
            return new CheckpointRef(snapshot.epoch(), snapshot.partial().steps(), name, sha256);
        } catch (IOException e) {
            deleteOrLog(part);
            throw new TrainingException(
                    "a checkpoint cannot be written (" + reason(e)
                            + "); make room for the checkpoint folder and check its"
                            + " permissions, then retry the experiment",
                    e);
        }
    }

    /** A checkpoint's length in bytes; 0 where it is gone. */
    long size(CheckpointRef reference) {
        return root.resolve(reference.file()).toFile().length();
    }

    private static String writeSynced(Snapshot snapshot, Path part) throws IOException {
        MessageDigest sha256 = DigestUtils.getSha256Digest();
        try (FileOutputStream out = new FileOutputStream(part.toFile())) {
            OutputStream hashed = new DigestOutputStream(new BufferedOutputStream(out, BUFFER), sha256);
            SnapshotFile.write(snapshot, hashed);
            hashed.flush();
            out.getFD().sync();
        }
        return HexFormat.of().formatHex(sha256.digest());
    }

    /**
     * Reads a checkpoint whose hash is the one that was committed.
     *
     * @throws UnreadableCheckpointException where the file is gone or damaged
     */
    Snapshot read(CheckpointRef reference) {
        Path file = root.resolve(reference.file());
        MessageDigest sha256 = DigestUtils.getSha256Digest();
        try (var in = new DigestInputStream(Files.newInputStream(file), sha256)) {
            in.transferTo(OutputStream.nullOutputStream());
        } catch (NoSuchFileException e) {
            throw new UnreadableCheckpointException("is gone", e);
        } catch (IOException e) {
            throw new UnreadableCheckpointException("cannot be read (" + reason(e) + ")", e);
        }
        if (!HexFormat.of().formatHex(sha256.digest()).equals(reference.sha256())) {
            throw new UnreadableCheckpointException("is damaged: its SHA-256 is not the one that was committed");
        }
        try {
            return SnapshotFile.read(file);
        } catch (TrainingException e) {
            throw new UnreadableCheckpointException("cannot be read: " + e.getMessage(), e);
        }
    }

    /** Opens a checkpoint, which stays readable even if it is deleted. */
    FileChannel open(CheckpointRef reference) throws IOException {
        return FileChannel.open(root.resolve(reference.file()), StandardOpenOption.READ);
    }

    /**
     * Deletes what this and earlier attempts wrote, except the committed checkpoints; the files of a later attempt are its
     * own. Called after a commit, so a file that cannot be deleted is logged and does no other harm.
     */
    void keepOnly(Lease lease, List<CheckpointRef> committed) {
        Set<Path> kept = committed.stream()
                .map(reference -> root.resolve(reference.file()))
                .collect(Collectors.toSet());
        Path folder = root.resolve(lease.runId().toString());
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(file -> !kept.contains(file) && attempt(file) <= lease.attempt())
                    .forEach(this::deleteOrLog);
        } catch (NoSuchFileException e) {
            log.debug("Run {} has no checkpoints", lease.runId(), e);
            return;
        } catch (IOException | UncheckedIOException e) {
            log.warn("The old checkpoints of run {} stay: {}", lease.runId(), e.toString());
        }
        if (committed.isEmpty()) {
            deleteIfEmpty(folder);
        }
    }

    private void deleteOrLog(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // tried again after every commit, logged once
            if (undeletable.add(file)) {
                log.warn("The old checkpoint file {} cannot be deleted ({}) and takes up space", file, e.toString());
            }
        }
    }

    private static void deleteIfEmpty(Path folder) {
        try {
            Files.deleteIfExists(folder);
        } catch (DirectoryNotEmptyException e) {
            log.debug("{} has the checkpoints of a later attempt", folder, e);
        } catch (IOException e) {
            log.warn("The empty folder {} stays: {}", folder, e.toString());
        }
    }

    private static int attempt(Path file) {
        Matcher attempt = ATTEMPT.matcher(file.getFileName().toString());
        return attempt.find() ? Integer.parseInt(attempt.group(1)) : 0;
    }

    /** Removes all files of a run. */
    void remove(UUID runId) {
        try {
            FileSystemUtils.deleteRecursively(root.resolve(runId.toString()));
        } catch (IOException e) {
            log.warn("The checkpoints of run {} stay behind", runId, e);
        }
    }

    /** What went wrong without the server's path, which a message of the file system begins with. */
    private static String reason(IOException e) {
        if (e instanceof NoSuchFileException) {
            return "its folder is gone";
        }
        if (e instanceof FileSystemException file) {
            return file.getReason() == null ? e.getClass().getSimpleName() : file.getReason();
        }
        // java.io's own begins with the path and ends with the reason
        String text = String.valueOf(e.getMessage());
        return e instanceof FileNotFoundException
                ? text.substring(text.lastIndexOf('(') + 1).replace(")", "")
                : text;
    }

    /** A move is durable once its folder is synced. */
    private static void sync(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
