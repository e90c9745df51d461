package org.initlab.training.data.cache;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Work on ranges of rows, shared among the calling thread and the process's other cores. */
public final class Slices {
    private static final int CORES = Runtime.getRuntime().availableProcessors();
    private static final ExecutorService HELPERS = helpers();

    private Slices() {}

    private static ExecutorService helpers() {
        ThreadPoolExecutor helpers =
                new ThreadPoolExecutor(CORES, CORES, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "rows");
                    thread.setDaemon(true);
                    return thread;
                });
        helpers.allowCoreThreadTimeOut(true);
        return helpers;
    }

    /** Work on one row. */
    @FunctionalInterface
    public interface Work {
        void on(int row);
    }

    /**
     * Works on all rows; returns when none is worked on any more.
     *
     * @param slices into how many parts the rows may be cut; as many as there are cores at most are made
     * @throws RuntimeException what the first part that failed threw; the others end as soon as they can
     */
    public static void run(int rows, long slices, Work work) {
        int parts = (int) Math.max(1, Math.min(Math.min(slices, CORES), rows));
        AtomicBoolean failed = new AtomicBoolean();
        List<Future<?>> others = new ArrayList<>();
        for (int part = 1; part < parts; part++) {
            int from = bound(rows, part, parts);
            int to = bound(rows, part + 1, parts);
            others.add(HELPERS.submit(() -> run(from, to, work, failed)));
        }
        List<RuntimeException> failures = new ArrayList<>();
        try {
            run(0, bound(rows, 1, parts), work, failed);
        } catch (RuntimeException e) {
            failures.add(e);
        } finally {
            others.forEach(other -> await(other).ifPresent(failures::add));
        }
        if (!failures.isEmpty()) {
            throw failures.get(0);
        }
    }

    private static int bound(int rows, int part, int parts) {
        return (int) ((long) rows * part / parts);
    }

    private static void run(int from, int to, Work work, AtomicBoolean failed) {
        boolean done = false;
        try {
            for (int row = from; row < to && !failed.get(); row++) {
                work.on(row);
            }
            done = true;
        } finally {
            if (!done) {
                failed.set(true);
            }
        }
    }

    /** Waits even if this thread is interrupted: the work is on memory that the caller will use again. */
    private static Optional<RuntimeException> await(Future<?> part) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    part.get();
                    return Optional.empty();
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    if (e.getCause() instanceof Error error) {
                        throw error;
                    }
                    return Optional.of((RuntimeException) e.getCause());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
