package org.initlab.training.data;

import java.util.List;
import java.util.concurrent.CompletionException;

/**
 * What a run trains and is evaluated on: two splits, one class against the rest. Whoever loads it closes it after the last
 * batch.
 *
 * @param train the training rows, of both classes
 * @param test the rows to evaluate on; if they are all of one class, there is no ROC-AUC
 * @param counts what the splits hold, without a fingerprint
 * @param preparation makes the rows ready
 * @param source what the splits are views of
 */
public record BinaryDataset(Split train, Split test, DatasetSummary counts, Preparation preparation, Splits source)
        implements AutoCloseable {

    /** Counts the rows, and begins to make them ready. */
    public static BinaryDataset of(
            LoadRequest request, Splits source, Split train, Split test, List<String> classNames, DatasetNotes notes) {
        DatasetSummary counts =
                DatasetSummary.of(request.positiveClass(), train.labels(), test.labels(), classNames, null, notes);
        return new BinaryDataset(train, test, counts, source.prepare(request, train, test), source);
    }

    /**
     * What the splits hold; the fingerprint is {@code null} until all rows are ready.
     *
     * @throws org.initlab.training.spec.TrainingException if a row cannot be decoded; the message names it
     */
    public DatasetSummary summary() {
        try {
            return counts.withFingerprint(preparation.fingerprint().getNow(null));
        } catch (CompletionException e) {
            throw failure(e);
        }
    }

    /** The same when all rows are ready, however long that takes. */
    public DatasetSummary whenReady() {
        preparation.fingerprint().exceptionally(failure -> null).join();
        return summary();
    }

    private static RuntimeException failure(CompletionException e) {
        if (e.getCause() instanceof Error error) {
            throw error;
        }
        return e.getCause() instanceof RuntimeException cause ? cause : e;
    }

    @Override
    public void close() {
        preparation.close();
        source.close();
    }
}
