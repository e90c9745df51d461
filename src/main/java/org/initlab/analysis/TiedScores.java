package org.initlab.analysis;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Tells where a network's scores are too alike to rank the rows by. A score is a small number plus the bias, in the precision of the
 * network: an untrained network's can differ by less than that sum's rounding, and then rows tie, or lie the wrong way round, by chance.
 *
 * <p>That is so where rounding may have decided the order of at least {@value #UNDECIDED} of the pairs of a positive and a negative row.
 * In 240 states of six networks, untrained and after up to 180 steps, the batch sizes of evaluation disagreed about the ROC-AUC by up to
 * 0.16 where it was, and by up to 0.011 where it was not.
 *
 * <p>Epochs from before that was measured go by their numbers of different scores. Scores that take fewer than {@value #FEW} values span
 * fewer than so many steps of rounding if rounding made the ties. Rows that are few or alike tie rightly, whatever the network; so the
 * scores also have to take at least twice as many values somewhere else in the experiment, on the same rows. A single value ranks nothing
 * in any case.
 */
public final class TiedScores {
    private static final double UNDECIDED = 0.5;
    private static final int FEW = 20;

    private TiedScores() {}

    /**
     * What is known of the scores after an epoch; {@code null} where it was not measured.
     *
     * @param distinct how many different ones there are
     * @param undecided the share of the pairs of a positive and a negative row that rounding may have ordered
     */
    public record Epoch(@Nullable Integer distinct, @Nullable Double undecided) {
        private boolean isTied(int most) {
            return undecided == null ? distinct != null && isFew(distinct, most) : undecided >= UNDECIDED;
        }
    }

    /**
     * The epochs at which that is so.
     *
     * @param epochs from epoch 0
     * @param most how many different scores there were at most, after any epoch of any run
     */
    public static Set<Integer> epochs(List<Epoch> epochs, int most) {
        return IntStream.range(0, epochs.size())
                .filter(epoch -> epochs.get(epoch).isTied(most))
                .boxed()
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The most different scores of several; 0 where none is known. */
    public static int most(Stream<@Nullable Integer> distinct) {
        return distinct.filter(Objects::nonNull)
                .mapToInt(Integer::intValue)
                .max()
                .orElse(0);
    }

    private static boolean isFew(int values, int most) {
        return values == 1 || (values < FEW && 2 * values <= most);
    }
}
