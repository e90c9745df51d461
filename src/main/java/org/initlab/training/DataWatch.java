package org.initlab.training;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.initlab.training.data.BinaryDataset;
import org.initlab.training.data.DatasetSummary;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows, on the training thread, how the run's rows become ready, and tells the listener. */
final class DataWatch {
    private static final Logger log = LoggerFactory.getLogger(DataWatch.class);
    private static final Duration PACE = Duration.ofSeconds(2);
    private static final int LOGGED = 5;
    private static final long LOOK_UP_MILLIS = 250;

    private final BinaryDataset data;
    private final TrainingListener listener;
    private long nextReport = System.nanoTime();
    private int reports;
    private boolean isRead;

    DataWatch(BinaryDataset data, TrainingListener listener) {
        this.data = data;
        this.listener = listener;
    }

    /** Returns what is known at the start of the run. */
    DatasetSummary begin() {
        DatasetSummary summary = data.summary();
        isRead = summary.fingerprint() != null;
        return summary;
    }

    /**
     * Reports how far the rows are, at most every two seconds.
     *
     * @throws org.initlab.training.spec.TrainingException if one cannot be decoded
     */
    void look() {
        if (isRead || System.nanoTime() - nextReport < 0) {
            return;
        }
        nextReport = System.nanoTime() + PACE.toNanos();
        DatasetSummary summary = data.summary();
        if (summary.fingerprint() == null) {
            int done = data.preparation().rowsDone();
            int total = data.preparation().rowsTotal();
            listener.preparing(done, total);
            if (reports++ % LOGGED == 0) {
                log.info("Decoded {} of {} images", done, total);
            }
        }
    }

    /**
     * Waits until all rows are ready, so that the listener can tell by their fingerprint whether they are the right ones.
     *
     * @param meanwhile called every now and then; an exception from it propagates
     */
    void awaitAll(Runnable meanwhile) {
        if (isRead) {
            return;
        }
        CompletableFuture<String> ready = data.preparation().fingerprint();
        while (!ready.isDone()) {
            meanwhile.run();
            await(ready);
        }
        DatasetSummary summary = data.summary();
        log.info("All {} images are decoded", data.preparation().rowsTotal());
        listener.dataRead(summary);
        isRead = true;
    }

    private static void await(CompletableFuture<String> ready) {
        try {
            ready.get(LOOK_UP_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StopRequestedException();
        } catch (ExecutionException | TimeoutException e) {
            // the caller looks at it again
        }
    }
}
