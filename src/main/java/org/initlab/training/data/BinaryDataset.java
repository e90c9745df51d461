package org.initlab.training.data;

import java.util.List;

/**
 * What a run trains and is evaluated on: two splits, one class against the rest.
 *
 * @param train the training rows; both classes are among them
 * @param test the rows evaluated on; they may be of one class, and then have no ROC-AUC
 * @param summary what they are
 */
public record BinaryDataset(Split train, Split test, DatasetSummary summary) {

    public static BinaryDataset of(PositiveClass positiveClass, Split train, Split test, List<String> classNames) {
        String fingerprint = Fingerprint.of(positiveClass, train, test);
        return new BinaryDataset(
                train, test, DatasetSummary.of(positiveClass, train.labels(), test.labels(), classNames, fingerprint));
    }
}
