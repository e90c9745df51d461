package org.initlab.training;

import java.util.stream.IntStream;
import org.initlab.training.data.Labels;
import org.initlab.training.engine.RandomStreams;
import org.initlab.training.spec.Sampling;
import org.initlab.training.spec.TrainingSpec;

/** Which rows each epoch trains on, in which order: a function of the seed and the epoch. */
@FunctionalInterface
interface EpochRows {

    /** Returns the positions of an epoch's rows, as many as the split has. */
    int[] of(int epoch);

    /** The rows that a spec asks for. */
    static EpochRows of(TrainingSpec spec, Labels labels, RandomStreams random) {
        int rows = labels.count();
        if (spec.sampling() == Sampling.BALANCED) {
            int[] positives =
                    IntStream.range(0, rows).filter(labels::isPositive).toArray();
            int[] negatives = IntStream.range(0, rows)
                    .filter(row -> !labels.isPositive(row))
                    .toArray();
            return epoch -> random.balancedRows(positives, negatives, Sampling.positives(rows), epoch);
        }
        return epoch -> spec.shuffle() ? random.rowOrder(rows, epoch) : RandomStreams.inOrder(rows);
    }
}
