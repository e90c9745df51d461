package org.initlab.training.data;

import static org.initlab.text.Counts.counted;

import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import org.initlab.training.spec.TrainingException;

/**
 * The rows of a split that a spec asks for, in the split's order: the first ones up to a limit, with the
 * over-represented class thinned out to reach a positive rate.
 *
 * <p>The rows to drop are chosen with a fixed seed, so that a spec means the same rows in every trial, run and process.
 *
 * @param split the split's name in messages
 * @param limit how many of the first rows to take; {@code null} for all
 * @param positiveRate the rate to reach, in (0, 1); {@code null} keeps the data's own
 */
public record RowSelection(String split, Integer limit, Double positiveRate) {
    private static final long SEED = 42;

    /** Whether all rows of a split are selected. */
    public boolean isAll() {
        return limit == null && positiveRate == null;
    }

    /**
     * Selects rows.
     *
     * @param labels the split's class labels
     * @param positive the class that counts as positive
     * @throws TrainingException if the rate cannot be met with rows of both classes
     */
    public int[] select(int[] labels, PositiveClass positive) {
        int rows = limit == null ? labels.length : Math.min(limit, labels.length);
        if (positiveRate == null) {
            return IntStream.range(0, rows).toArray();
        }
        boolean[] positives = new boolean[rows];
        int count = 0;
        for (int row = 0; row < rows; row++) {
            positives[row] = labels[row] == positive.index();
            count += positives[row] ? 1 : 0;
        }
        return thin(positives, count, positive);
    }

    private int[] thin(boolean[] positives, int positiveRows, PositiveClass positive) {
        int negativeRows = positives.length - positiveRows;
        long wantedPositives = Math.round(negativeRows * positiveRate / (1 - positiveRate));
        long wantedNegatives = Math.round(positiveRows * (1 - positiveRate) / positiveRate);
        int keptPositives = (int) Math.min(positiveRows, wantedPositives);
        int keptNegatives = (int) Math.min(negativeRows, wantedNegatives);
        if (keptPositives == 0 || keptNegatives == 0) {
            throw new TrainingException(String.format(
                    Locale.ROOT,
                    "positiveRate %s cannot be met: the %s split has %s of the positive class \"%s\" and %s to choose "
                            + "from; raise %sLimit or choose another rate",
                    positiveRate,
                    split,
                    counted(positiveRows, "row"),
                    positive.name(),
                    counted(negativeRows, "other"),
                    split));
        }
        return keptPositives < positiveRows
                ? drop(positives, true, positiveRows, keptPositives)
                : drop(positives, false, negativeRows, keptNegatives);
    }

    /** Selection sampling (Knuth, The Art of Computer Programming, 3.4.2, algorithm S): every choice is equally likely. */
    private static int[] drop(boolean[] positives, boolean frequent, int rows, int kept) {
        Random random = new Random(SEED);
        int[] selected = new int[positives.length - rows + kept];
        int left = rows;
        int wanted = kept;
        int count = 0;
        for (int row = 0; row < positives.length; row++) {
            if (positives[row] != frequent) {
                selected[count++] = row;
            } else if (random.nextInt(left--) < wanted) {
                selected[count++] = row;
                wanted--;
            }
        }
        return selected;
    }
}
