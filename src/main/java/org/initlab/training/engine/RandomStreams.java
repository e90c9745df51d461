package org.initlab.training.engine;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Where a run's random numbers come from: each purpose has a stream that depends only on the trial's seed, the epoch
 * and the step, so that a resumed run draws what an uninterrupted one would have drawn, and all arms of a trial draw
 * the same.
 *
 * @param seed the trial's seed
 */
public record RandomStreams(long seed) {
    /** Seeds PyTorch's generator before the initial weights are drawn. */
    public long weights() {
        return derive(1, 0);
    }

    /** Seeds PyTorch's generator before a training step of an epoch: dropout and stochastic depth. */
    public long trainingNoise(int epoch, int step) {
        return new SplittableRandom(derive(2, epoch) + step).nextLong();
    }

    /** Seeds PyTorch's generator before an evaluation, which draws only in training mode. */
    public long evaluationNoise(int epoch) {
        return derive(3, epoch);
    }

    /** The order in which an epoch sees the rows: a Fisher-Yates shuffle of 0 … rows − 1. */
    public int[] rowOrder(int rows, int epoch) {
        int[] order = inOrder(rows);
        shuffle(order, new SplittableRandom(derive(4, epoch)));
        return order;
    }

    /**
     * The rows of an epoch with a set number of positives, drawn with replacement and shuffled.
     *
     * @param positives positions to draw from, at least one
     * @param negatives positions to draw from, at least one
     * @param drawn how many positives; the rest, of as many rows as there are, are negatives
     */
    public int[] balancedRows(int[] positives, int[] negatives, int drawn, int epoch) {
        SplittableRandom random = new SplittableRandom(derive(5, epoch));
        int[] rows = new int[positives.length + negatives.length];
        for (int i = 0; i < rows.length; i++) {
            int[] kind = i < drawn ? positives : negatives;
            rows[i] = kind[random.nextInt(kind.length)];
        }
        shuffle(rows, random);
        return rows;
    }

    /**
     * Rows for an initialisation that looks at data: drawn without replacement, the same for all arms.
     *
     * @param rows how many there are
     * @param most how many to draw, if there are as many
     * @return in ascending order
     */
    public int[] calibrationRows(int rows, int most) {
        int[] order = inOrder(rows);
        shuffle(order, new SplittableRandom(derive(6, 0)));
        int[] drawn = Arrays.copyOf(order, Math.min(rows, most));
        Arrays.sort(drawn);
        return drawn;
    }

    /** Seeds how the images of a training step are changed. */
    public long augmentation(int epoch, int step) {
        return new SplittableRandom(derive(7, epoch) + step).nextLong();
    }

    private static void shuffle(int[] rows, SplittableRandom random) {
        for (int last = rows.length - 1; last > 0; last--) {
            int other = random.nextInt(last + 1);
            int row = rows[last];
            rows[last] = rows[other];
            rows[other] = row;
        }
    }

    /** The rows 0 … rows − 1 in order. */
    public static int[] inOrder(int rows) {
        int[] order = new int[rows];
        for (int row = 0; row < rows; row++) {
            order[row] = row;
        }
        return order;
    }

    /** Mixes with SplittableRandom's own function; nearby seeds give unrelated streams. */
    private long derive(int purpose, int epoch) {
        return new SplittableRandom(new SplittableRandom(seed).nextLong() + ((long) purpose << 32) + epoch).nextLong();
    }
}
