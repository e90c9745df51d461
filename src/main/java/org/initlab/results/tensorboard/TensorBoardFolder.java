package org.initlab.results.tensorboard;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.initlab.events.ChangeFeed;
import org.initlab.platform.WritableFolder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Writes event files as epochs are committed, by any process: a moment after each change the folder is brought up to date. Of
 * several processes with one folder, that which has its lock writes.
 */
final class TensorBoardFolder implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(TensorBoardFolder.class);
    private static final Duration MOMENT = Duration.ofSeconds(1);
    private static final Duration UNTIL_NEXT_TRY = Duration.ofSeconds(15);

    private final Path root;
    private final LiveBoards boards;
    private final ChangeFeed changes;
    private final Semaphore changed = new Semaphore(1);
    private volatile Thread thread;
    private ChangeFeed.Subscription subscription;
    private boolean failing;

    TensorBoardFolder(Path root, LiveBoards boards, ChangeFeed changes) {
        this.root = root;
        this.boards = boards;
        this.changes = changes;
        WritableFolder.require(root, "TensorBoard's files", "initlab.tensorboard.folder", "or leave that out");
    }

    @Override
    public void start() {
        subscription = changes.subscribeToAll(changed::release);
        Thread writer = new Thread(this::follow, "tensorboard");
        writer.setDaemon(true);
        thread = writer;
        writer.start();
    }

    private void follow() {
        try (FileChannel lock =
                FileChannel.open(root.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            while (!isLocked(lock)) {
                TimeUnit.NANOSECONDS.sleep(UNTIL_NEXT_TRY.toNanos());
            }
            while (true) {
                changed.acquire();
                changed.drainPermits();
                if (!isUpToDate()) {
                    changed.release();
                    TimeUnit.NANOSECONDS.sleep(UNTIL_NEXT_TRY.toNanos());
                }
                TimeUnit.NANOSECONDS.sleep(MOMENT.toNanos());
            }
        } catch (InterruptedException e) {
            log.debug("Nothing more is written to {}", root, e);
        } catch (IOException e) {
            log.error("The lock in {} cannot be opened, so nothing is written for TensorBoard", root, e);
        }
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            // held until the channel is closed, which the end of the process does too
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    private boolean isUpToDate() {
        try {
            boards.update();
            failing = false;
            return true;
        } catch (IOException | RuntimeException e) {
            if (!failing && isRunning()) {
                log.warn("The event files in {} fall behind until the next try: {}", root, e.toString());
            }
            failing = true;
            return false;
        }
    }

    @Override
    public void stop() {
        Thread writer = thread;
        thread = null;
        if (writer != null) {
            subscription.close();
            writer.interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }
}
