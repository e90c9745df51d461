package org.initlab;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/** A server that a test runs as a separate process. */
public final class ServerProcess implements AutoCloseable {
    private static final int FIRST_PORT = 20_000;
    private static final int LAST_PORT = 32_000;
    private static final int PORTS_A_PROCESS = 100;
    private static final AtomicInteger PORTS =
            new AtomicInteger((int) ProcessHandle.current().pid() * PORTS_A_PROCESS);

    private final Process process;
    private final Path log;

    private ServerProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** Starts it without waiting for it; its output is appended to a file. */
    public static ServerProcess launch(Path log, List<String> command) {
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
            return new ServerProcess(builder.start(), log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A port of this machine that nobody listens on. It stays free until the server takes it: it is below those that the
     * kernel gives to connections, and each process looks for its own from another one on.
     */
    public static int freePort() {
        while (true) {
            int port = FIRST_PORT + Math.floorMod(PORTS.getAndIncrement(), LAST_PORT - FIRST_PORT);
            try (ServerSocket socket = new ServerSocket(port)) {
                return socket.getLocalPort();
            } catch (BindException e) {
                // taken: the next one
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /**
     * Waits until a question to it is answered with yes; {@link UncheckedIOException} means that it does not answer
     * yet.
     */
    public void awaitReady(BooleanSupplier question) {
        await().atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> isReady(question));
    }

    private boolean isReady(BooleanSupplier question) {
        if (!process.isAlive()) {
            throw new IllegalStateException("the process ended with " + process.exitValue() + "; see " + log);
        }
        try {
            return question.getAsBoolean();
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    public long pid() {
        return process.pid();
    }

    /** Like {@code kill}: it may finish what it is doing. */
    public void terminate() {
        process.destroy();
        awaitExit();
    }

    /** Like {@code kill -9}. */
    public void kill() {
        process.destroyForcibly();
        awaitExit();
    }

    /** Waits until it has ended; returns its exit status. */
    public int awaitExit() {
        try {
            if (!process.waitFor(1, TimeUnit.MINUTES)) {
                throw new IllegalStateException("the process does not end; see " + log);
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            terminate();
        }
    }
}
