package org.initlab.platform.database;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts a server again that has ended although nobody stopped it: killed because memory ran out, or given up because the disk was
 * full. It listens where it did before, so whoever waits for the database finds it.
 */
final class PostgresWatch implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(PostgresWatch.class);
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final PostgresFolder folder;
    private final int port;
    private final CompletableFuture<Void> closed = new CompletableFuture<>();
    private final Thread thread = new Thread(this::watch, "postgresql");

    private PostgresWatch(PostgresFolder folder, int port) {
        this.folder = folder;
        this.port = port;
        thread.setDaemon(true);
    }

    /** Watches the folder's server, which is running. */
    static PostgresWatch begin(PostgresFolder folder, int port) {
        PostgresWatch watch = new PostgresWatch(folder, port);
        watch.thread.start();
        return watch;
    }

    private void watch() {
        try {
            awaitEnd();
            while (!closed.isDone()) {
                log.warn("PostgreSQL has ended by itself, and is started again; its log is {}", folder.log());
                startAgain();
                awaitEnd();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitEnd() {
        try {
            folder.server().ifPresent(server -> CompletableFuture.anyOf(server.onExit(), closed)
                    .join());
        } catch (IOException e) {
            log.debug("The process of PostgreSQL cannot be found", e);
        }
    }

    /** Returns once it runs, or is no longer wanted. */
    private void startAgain() throws InterruptedException {
        Duration pause = SHORTEST_PAUSE;
        while (!isClosedWithin(pause)) {
            try {
                folder.startAgain(port);
                log.info("PostgreSQL is running again");
                return;
            } catch (IOException e) {
                if (pause.equals(SHORTEST_PAUSE)) {
                    log.warn("PostgreSQL does not start, and is tried again until it does: {}", e.getMessage());
                }
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
            }
        }
    }

    private boolean isClosedWithin(Duration time) throws InterruptedException {
        try {
            closed.get(time.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("nothing completes it like that", e);
        }
    }

    /** The server may end from now on. */
    void end() {
        closed.complete(null);
    }

    /** Returns when no attempt to start the server is under way any more. */
    @Override
    public void close() {
        end();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
