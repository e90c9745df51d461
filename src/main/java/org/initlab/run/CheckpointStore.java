package org.initlab.run;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Stream;
import org.initlab.platform.InitLabProperties;
import org.initlab.training.TrainingException;
import org.initlab.training.weights.Safetensors;
import org.initlab.training.weights.StateDict;
import org.springframework.stereotype.Component;

/** Checkpoints as safetensors files, a folder a run; a file is complete as soon as it has its name. */
@Component
class CheckpointStore {
    private final Path root;

    CheckpointStore(InitLabProperties properties) {
        root = properties.home().resolve("checkpoints");
    }

    /** Writes beside, syncs, and moves; the attempt in the name keeps two workers out of each other's files. */
    CheckpointRef write(Lease lease, int epoch, StateDict state) {
        String name = "%s/epoch-%04d-attempt-%d.safetensors".formatted(lease.runId(), epoch, lease.attempt());
        Path file = root.resolve(name);
        Path part = file.resolveSibling(file.getFileName() + ".part");
        MessageDigest sha256 = sha256();
        try {
            Files.createDirectories(file.getParent());
            try (FileOutputStream out = new FileOutputStream(part.toFile())) {
                OutputStream hashed = new DigestOutputStream(out, sha256);
                Safetensors.write(state, Map.of("epoch", Integer.toString(epoch)), hashed);
                hashed.flush();
                out.getFD().sync();
            }
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            sync(file.getParent());
        } catch (IOException e) {
            throw new TrainingException(
                    "the checkpoint of epoch " + epoch + " cannot be written (" + reason(e)
                            + "); make room for checkpoints/ in initlab.home and check its rights",
                    e);
        }
        return new CheckpointRef(epoch, name, HexFormat.of().formatHex(sha256.digest()));
    }

    /** Reads a checkpoint whose hash is the one that was committed. */
    StateDict read(CheckpointRef reference) {
        Path file = root.resolve(reference.file());
        MessageDigest sha256 = sha256();
        try (var in = new DigestInputStream(Files.newInputStream(file), sha256)) {
            in.transferTo(OutputStream.nullOutputStream());
        } catch (NoSuchFileException e) {
            throw new TrainingException(
                    "the checkpoint checkpoints/" + reference.file()
                            + " is gone; cancel the experiment and post it again",
                    e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (!HexFormat.of().formatHex(sha256.digest()).equals(reference.sha256())) {
            throw new TrainingException(
                    "the checkpoint checkpoints/" + reference.file()
                            + " is damaged: its SHA-256 is not the one that was committed; cancel the experiment and post it again");
        }
        return Safetensors.read(file);
    }

    /** Removes every file of the run but the committed one. */
    void keepOnly(CheckpointRef committed) {
        Path kept = root.resolve(committed.file());
        try (Stream<Path> files = Files.list(kept.getParent())) {
            for (Path file : files.filter(file -> !file.equals(kept)).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What went wrong without the server's path, which a message of the file system begins with. */
    private static String reason(IOException e) {
        return e instanceof FileSystemException file ? String.valueOf(file.getReason()) : e.getMessage();
    }

    /** A move is durable once its folder is synced. */
    private static void sync(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
