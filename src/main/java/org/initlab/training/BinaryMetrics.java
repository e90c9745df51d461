package org.initlab.training;

import java.util.Arrays;
import org.initlab.training.objective.BinaryCrossEntropy;
import org.initlab.training.objective.Objective;
import org.jspecify.annotations.Nullable;

/**
 * How well logits predict binary labels, computed in double precision. A NaN logit makes every metric NaN, or {@code null}
 * where it depends on the order; an infinite one is a probability of exactly 0 or 1, and its loss is not finite.
 *
 * @param loss mean binary cross-entropy in nats, as {@code torch.nn.functional.binary_cross_entropy_with_logits}
 * @param rocAuc exact area under the ROC curve, ties counted half (Mann and Whitney's U), as scikit-learn's
 *     {@code roc_auc_score}; {@code null} if only one class is present or a logit is NaN
 * @param prAuc average precision, as scikit-learn's {@code average_precision_score}; {@code null} if no row is positive
 *     or a logit is NaN
 * @param brier mean squared difference between probability and label
 * @param objective mean of the training objective over the rows as they are, however training samples its own
 * @param meanProbability mean predicted probability of the positive class
 * @param ece expected calibration error over {@value Calibration#BINS} equal bins, in [0, 1]
 * @param distinctScores how many different logits there are: with few of them, most rows tie; {@code null} if one is NaN
 * @param undecidedPairs the share of the pairs of a positive and a negative row that rounding may have ordered, in [0, 1]; {@code null}
 *     as {@code rocAuc}
 */
public record BinaryMetrics(
        double loss,
        Double rocAuc,
        Double prAuc,
        double brier,
        double objective,
        double meanProbability,
        double ece,
        @Nullable Integer distinctScores,
        @Nullable Double undecidedPairs) {
    private static final Objective CROSS_ENTROPY = new BinaryCrossEntropy();

    /**
     * Computes the metrics.
     *
     * @param logits one per row; not modified
     * @param labels one per row, 0 or 1
     * @param objective what training minimises
     * @param noise what rounding may have added to the logits
     */
    public static BinaryMetrics of(float[] logits, byte[] labels, Objective objective, ScoreNoise noise) {
        if (logits.length != labels.length || logits.length == 0) {
            throw new IllegalArgumentException(logits.length + " logits for " + labels.length + " labels");
        }
        int rows = logits.length;
        double squares = 0;
        double probabilities = 0;
        boolean comparable = true;
        Calibration calibration = new Calibration();
        for (int row = 0; row < rows; row++) {
            double probability = 1 / (1 + Math.exp(-logits[row]));
            double error = probability - labels[row];
            squares += error * error;
            probabilities += probability;
            calibration.add(probability, labels[row]);
            comparable &= !Double.isNaN(probability);
        }
        Ranking ranking = comparable ? Ranking.of(logits, labels) : new Ranking(null, null, null);
        return new BinaryMetrics(
                mean(CROSS_ENTROPY, logits, labels),
                ranking.rocAuc(),
                ranking.averagePrecision(),
                squares / rows,
                mean(objective, logits, labels),
                probabilities / rows,
                calibration.error(rows),
                ranking.groups(),
                comparable ? UndecidedPairs.share(logits, labels, noise) : null);
    }

    private static double mean(Objective objective, float[] logits, byte[] labels) {
        double sum = 0;
        for (int row = 0; row < logits.length; row++) {
            sum += objective.value(logits[row], labels[row] == 1);
        }
        return sum / logits.length;
    }

    /** The metrics that depend only on the order of the scores. */
    private record Ranking(Double rocAuc, Double averagePrecision, Integer groups) {

        /** One pass from the highest score down, a group of equal scores at a time. */
        static Ranking of(float[] logits, byte[] labels) {
            long[] order = descending(logits, labels);
            double positivesAbove = 0;
            double negativesAbove = 0;
            double pairs = 0;
            double precisionSum = 0;
            int groups = 0;
            for (int start = 0, end; start < order.length; start = end) {
                double positives = 0;
                for (end = start; end < order.length && score(order[end]) == score(order[start]); end++) {
                    positives += order[end] & 1;
                }
                double negatives = end - start - positives;
                pairs += negatives * (positivesAbove + positives / 2);
                positivesAbove += positives;
                negativesAbove += negatives;
                precisionSum += positives * positivesAbove / end;
                groups++;
            }
            Double rocAuc =
                    positivesAbove == 0 || negativesAbove == 0 ? null : pairs / (positivesAbove * negativesAbove);
            return new Ranking(rocAuc, positivesAbove == 0 ? null : precisionSum / positivesAbove, groups);
        }

        /** Sorts primitives: the score's order is in the upper 32 bits, the label in the lowest. */
        private static long[] descending(float[] logits, byte[] labels) {
            long[] keys = new long[logits.length];
            for (int row = 0; row < keys.length; row++) {
                // adding 0 turns -0.0 into 0.0; the XOR makes the bits sort like the numbers
                int bits = Float.floatToIntBits(logits[row] + 0f);
                int ascending = bits ^ ((bits >> 31) & Integer.MAX_VALUE);
                keys[row] = ((long) ~ascending << 32) | labels[row];
            }
            Arrays.sort(keys);
            return keys;
        }

        private static int score(long key) {
            return (int) (key >> 32);
        }
    }
}
