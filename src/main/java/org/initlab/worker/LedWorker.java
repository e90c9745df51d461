package org.initlab.worker;

import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A worker process that this process starts, and starts again whenever it ends. */
final class LedWorker {
    private static final Logger log = LoggerFactory.getLogger(LedWorker.class);
    /** The status of a Spring Boot application that does not start. */
    private static final int REFUSED = 1;

    private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    /** A bit longer than a worker needs to hand its run over. */
    private static final Duration PATIENCE = Duration.ofSeconds(19);

    private final String label;
    private final ProcessBuilder builder;
    private final Runnable whenRefused;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private @Nullable Process process;

    /**
     * Describes a worker.
     *
     * @param label begins each line that it prints
     * @param whenRefused called if it refuses to start the first time
     */
    LedWorker(String label, ProcessBuilder builder, Runnable whenRefused) {
        this.label = label;
        this.builder = builder.redirectErrorStream(true);
        this.whenRefused = whenRefused;
    }

    void keepRunning() {
        new Thread(this::watch, "worker " + label).start();
    }

    private void watch() {
        try {
            Duration pause = SHORTEST_PAUSE;
            int status = run();
            if (status == REFUSED && !isStopped()) {
                whenRefused.run();
                return;
            }
            while (!isStopped()) {
                log.warn(
                        "The worker {} ended with status {}; it starts again in {} s",
                        label,
                        status,
                        pause.toSeconds());
                if (stopped.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
                long begun = System.nanoTime();
                status = run();
                boolean lasted = System.nanoTime() - begun > LONGEST_PAUSE.toNanos();
                pause = lasted ? SHORTEST_PAUSE : shorter(pause.multipliedBy(2), LONGEST_PAUSE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns how it ended. */
    private int run() throws InterruptedException {
        try {
            Process started = start();
            if (started == null) {
                return REFUSED;
            }
            print(started.inputReader());
            return started.waitFor();
        } catch (IOException e) {
            log.error("The worker {} cannot be started", label, e);
            return REFUSED;
        }
    }

    private synchronized @Nullable Process start() throws IOException {
        process = isStopped() ? null : builder.start();
        return process;
    }

    private boolean isStopped() {
        return stopped.getCount() == 0;
    }

    private void print(BufferedReader output) {
        output.lines().forEach(line -> System.out.println("[" + label + "] " + line));
    }

    /** Lets it hand its run over and end; it does not start again. */
    synchronized void stop() {
        stopped.countDown();
        if (process != null) {
            // Process.destroy would close what is still read
            process.toHandle().destroy();
        }
    }

    /** Waits until it has ended; it is killed if it takes too long. */
    synchronized void awaitEnd() throws InterruptedException {
        if (process != null && !process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
