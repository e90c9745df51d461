package org.initlab.training.download;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Locale;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.commons.codec.digest.MessageDigestAlgorithms;
import org.initlab.training.spec.TrainingException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One file to fetch over HTTP. It is written next to its target as {@code .part}, which a later call resumes, and moved
 * into place once its hash is right. Any number of threads and processes may fetch the same file at once; one of them
 * downloads it.
 */
public final class Download {
    private static final Logger log = LoggerFactory.getLogger(Download.class);
    private static final Duration STALL = Duration.ofSeconds(60);
    private static final long LOCK_POLL_MILLIS = 500;
    private static final int MAX_ATTEMPTS = 10;

    private final URI source;
    private final Path target;
    private final String sha256;
    private final String byHand;
    private final Duration stall;

    /**
     * Describes a file to fetch.
     *
     * @param source an {@code http} or {@code https} address
     * @param target where the file belongs; its folder is created if missing
     * @param sha256 the file's SHA-256 in hexadecimal, or its first digits, as in the names of torchvision's weights
     * @param byHand what a user can do instead, such as "put x.bin into datasets/y below initlab.home"; ends every
     *     error message
     */
    public Download(URI source, Path target, String sha256, String byHand) {
        this(source, target, sha256, byHand, STALL);
    }

    /** With a different timeout for a silent server. */
    Download(URI source, Path target, String sha256, String byHand, Duration stall) {
        this.source = source;
        this.target = target;
        this.sha256 = sha256;
        this.byHand = byHand;
        this.stall = stall;
    }

    /**
     * Makes sure that the file is in place with the right hash; an existing file is checked and left alone.
     *
     * @param onProgress called at least once a second while waiting for the network; an exception from it stops the
     *     work, keeps the part and propagates
     * @throws TrainingException if the file cannot be obtained or has the wrong hash; the message says what to do
     */
    public void fetch(Runnable onProgress) {
        try {
            if (!Files.exists(target)) {
                fetchMissing(onProgress);
            } else if (!Files.isRegularFile(target)) {
                // whoever opened a pipe might wait for ever
                throw new TrainingException(message("what is there already is no file; remove it"));
            } else if (!isIntact(target)) {
                throw new TrainingException(
                        message("the existing file does not have the SHA-256 " + sha256 + "; delete it"));
            }
        } catch (IOException e) {
            throw new TrainingException(message(HttpTransfer.reason(e)), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TrainingException(message("it was interrupted"), e);
        }
    }

    private void fetchMissing(Runnable onProgress) throws IOException, InterruptedException {
        Path part = target.resolveSibling(target.getFileName() + ".part");
        Files.createDirectories(target.toAbsolutePath().getParent());
        try (FileChannel channel =
                FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            // the part is its own lock: whoever waited for it finds the file in place
            while (!isLocked(channel)) {
                onProgress.run();
                Thread.sleep(LOCK_POLL_MILLIS);
            }
            if (Files.exists(target)) {
                Files.deleteIfExists(part);
                return;
            }
            log.info("Downloading {} from {}", target.getFileName(), source.getHost());
            transferChecked(channel, part, onProgress);
            channel.force(true);
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    /** Tries to lock a file until its channel is closed. */
    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            log.debug("Another thread is downloading this file", e);
            return false;
        }
    }

    /**
     * A part from an earlier call may be from another version of the file, so a wrong hash means one more, full try.
     */
    private void transferChecked(FileChannel channel, Path part, Runnable onProgress)
            throws IOException, InterruptedException {
        boolean resumed = channel.size() > 0;
        transfer(channel, onProgress);
        if (resumed && !isIntact(part)) {
            channel.truncate(0);
            transfer(channel, onProgress);
        }
        if (!isIntact(part)) {
            channel.truncate(0);
            throw new TrainingException(message("the downloaded file does not have the SHA-256 " + sha256));
        }
    }

    /** Resumes after a lost connection as long as every attempt brings some bytes. */
    private void transfer(FileChannel channel, Runnable onProgress) throws IOException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            long before = channel.size();
            try {
                new HttpTransfer(source, stall, onProgress).appendTo(channel);
                return;
            } catch (IOException e) {
                if (attempt == MAX_ATTEMPTS || channel.size() <= before) {
                    throw e;
                }
                log.warn("Download of {} was cut off at {} bytes; resuming", target.getFileName(), channel.size(), e);
            }
        }
    }

    private boolean isIntact(Path file) throws IOException {
        String hash = new DigestUtils(MessageDigestAlgorithms.SHA_256).digestAsHex(file);
        return hash.startsWith(sha256.toLowerCase(Locale.ROOT));
    }

    private String message(String reason) {
        return String.format(
                Locale.ROOT,
                "cannot download %s from %s: %s. Or %s",
                target.getFileName(),
                source.getHost(),
                reason,
                byHand);
    }
}
