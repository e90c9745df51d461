package org.initlab.training;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Counts the pairs of a positive and a negative row whose order by score rounding may have decided. */
final class UndecidedPairs {
    private UndecidedPairs() {}

    /**
     * Their share of all such pairs, in [0, 1]: by so much, at most, rounding moved the area under the ROC curve.
     *
     * <p>Rows with equal scores that no other score is near to are alike, and tie rightly. If all scores are equal, nothing is
     * decided.
     *
     * @param logits none of them NaN
     * @param labels one per row, 0 or 1
     * @return {@code null} if only one class is present
     */
    static @Nullable Double share(float[] logits, byte[] labels, ScoreNoise noise) {
        float[] all = logits.clone();
        Arrays.sort(all);
        float[] negatives = negatives(logits, labels);
        int positives = all.length - negatives.length;
        if (positives == 0 || negatives.length == 0) {
            return null;
        }
        if (all[0] == all[all.length - 1]) {
            return 1.0;
        }
        double undecided = 0;
        for (int row = 0; row < logits.length; row++) {
            if (labels[row] == 1) {
                double reach = noise.around(logits[row]);
                boolean alone = within(reach, logits[row], all) == within(0, logits[row], all);
                undecided += alone ? 0 : within(reach, logits[row], negatives);
            }
        }
        return undecided / ((double) positives * negatives.length);
    }

    private static float[] negatives(float[] logits, byte[] labels) {
        float[] found = new float[logits.length];
        int count = 0;
        for (int row = 0; row < logits.length; row++) {
            if (labels[row] == 0) {
                found[count++] = logits[row];
            }
        }
        float[] negatives = Arrays.copyOf(found, count);
        Arrays.sort(negatives);
        return negatives;
    }

    private static int within(double reach, float score, float[] sorted) {
        return below(Math.nextUp(score + reach), sorted) - below(score - reach, sorted);
    }

    private static int below(double bound, float[] sorted) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] < bound) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
