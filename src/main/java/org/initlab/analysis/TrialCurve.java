package org.initlab.analysis;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/**
 * What one run has measured so far.
 *
 * @param trial the index that pairs it with the other arms' runs
 * @param fate how it ended, if it did
 * @param values by epoch from 0, the same number of each quantity; {@code NaN} where it is not finite or not known. Has at
 *     least the loss
 * @param tiedEpochs those after which the scores are too alike to rank the rows by
 */
public record TrialCurve(int trial, Fate fate, Map<Quantity, double[]> values, Set<Integer> tiedEpochs) {
    /** How a run ended, if it did. */
    public enum Fate {
        OPEN,
        COMPLETED,
        FAILED,
        CANCELLED,
        DIVERGED
    }

    boolean isTied(int epoch) {
        return tiedEpochs.contains(epoch);
    }

    int epochs() {
        return values.get(Quantity.LOSS).length;
    }

    /** A quantity after an epoch; {@code NaN} if it is not known. */
    double at(Quantity quantity, int epoch) {
        double[] curve = values.get(quantity);
        return curve == null || epoch >= curve.length ? Double.NaN : curve[epoch];
    }

    /** The same as if it had been stopped after an epoch. */
    TrialCurve upTo(int epoch) {
        Map<Quantity, double[]> cut = new EnumMap<>(Quantity.class);
        values.forEach((quantity, curve) -> cut.put(quantity, Arrays.copyOf(curve, epoch + 1)));
        return new TrialCurve(trial, fate, cut, tiedEpochs);
    }
}
