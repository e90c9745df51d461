package org.initlab.training.data;

import java.util.List;

/**
 * What a run trains and is evaluated on: two splits, one class against the rest.
 *
 * @param positiveClass the class labelled 1
 * @param train the training rows; both classes are among them
 * @param test the rows evaluated on; they may be of one class, and then have no ROC-AUC
 * @param trainCounts the training rows of every class
 * @param testCounts the test rows of every class
 * @param transform what is left to do to the images on the way into the network
 * @param fingerprint {@code sha256:} and the hexadecimal SHA-256 of both splits' pixels and labels and of the positive class:
 *     equal for equal data, in any process
 */
public record BinaryDataset(
        PositiveClass positiveClass,
        BinarySplit train,
        BinarySplit test,
        List<ClassCount> trainCounts,
        List<ClassCount> testCounts,
        ImageTransform transform,
        String fingerprint) {

    static BinaryDataset of(
            PositiveClass positiveClass,
            BinarySplit train,
            BinarySplit test,
            List<String> classNames,
            ImageTransform transform) {
        return new BinaryDataset(
                positiveClass,
                train,
                test,
                train.classCounts(classNames),
                test.classCounts(classNames),
                transform,
                Fingerprint.of(positiveClass, train, test));
    }
}
