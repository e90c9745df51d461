package org.initlab.training;

import java.util.List;
import org.initlab.training.data.BinaryDataset;
import org.initlab.training.data.ClassCount;
import org.initlab.training.data.PositiveClass;

/**
 * What a task's data turned out to be.
 *
 * @param positiveClass the class labelled 1
 * @param trainRows rows trained on
 * @param testRows rows evaluated on
 * @param trainPositiveRate share of positive training rows, in (0, 1)
 * @param testPositiveRate share of positive test rows, in [0, 1]
 * @param trainCounts training rows by class
 * @param testCounts test rows by class
 * @param fingerprint of pixels, labels and the positive class
 */
public record DatasetSummary(
        PositiveClass positiveClass,
        int trainRows,
        int testRows,
        double trainPositiveRate,
        double testPositiveRate,
        List<ClassCount> trainCounts,
        List<ClassCount> testCounts,
        String fingerprint) {

    public static DatasetSummary of(BinaryDataset task) {
        return new DatasetSummary(
                task.positiveClass(),
                task.train().rows(),
                task.test().rows(),
                task.train().positiveRate(),
                task.test().positiveRate(),
                task.trainCounts(),
                task.testCounts(),
                task.fingerprint());
    }
}
