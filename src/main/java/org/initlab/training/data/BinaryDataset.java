package org.initlab.training.data;

import java.util.List;

/**
 * What a run trains and is evaluated on: two splits, one class against the rest.
 *
 * @param train the training rows, of both classes
 * @param test the rows to evaluate on; if they are all of one class, there is no ROC-AUC
 * @param summary what the splits hold
 */
public record BinaryDataset(Split train, Split test, DatasetSummary summary) {

    /** Names the data by their content and counts them. */
    public static BinaryDataset of(
            PositiveClass positiveClass, Split train, Split test, List<String> classNames, DatasetNotes notes) {
        String fingerprint = Fingerprint.of(positiveClass, train, test);
        return new BinaryDataset(
                train,
                test,
                DatasetSummary.of(positiveClass, train.labels(), test.labels(), classNames, fingerprint, notes));
    }
}
