package org.initlab.training.data;

import java.util.concurrent.CompletableFuture;

/** Rows that are decoded in the background, while a run reads them already. Thread-safe. */
public interface Preparation extends AutoCloseable {

    /** How many of the rows that the run needs are ready. */
    int rowsDone();

    int rowsTotal();

    /**
     * The data's fingerprint, once all rows are ready. If one cannot be decoded, it fails with a {@link
     * org.initlab.training.spec.TrainingException} whose message names it.
     */
    CompletableFuture<String> fingerprint();

    /** Ends the work, after the row that each thread is at. */
    @Override
    void close();

    /** Nothing is left to do. */
    static Preparation done(String fingerprint) {
        CompletableFuture<String> known = CompletableFuture.completedFuture(fingerprint);
        return new Preparation() {
            @Override
            public int rowsDone() {
                return 0;
            }

            @Override
            public int rowsTotal() {
                return 0;
            }

            @Override
            public CompletableFuture<String> fingerprint() {
                return known;
            }

            @Override
            public void close() {}
        };
    }
}
