package org.initlab.analysis;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Tells where a network's scores are too alike to rank the rows by. A score is a small number plus the bias, in single precision: an
 * untrained network's can differ by less than that sum's rounding, and then rows tie, or lie the wrong way round, for no reason of
 * theirs.
 *
 * <p>Scores that take fewer than {@value #FEW} values span fewer than so many steps of rounding if rounding made the ties, so each may be
 * off by a fortieth of all that tells them apart. Rows that are few or alike tie rightly, whatever the network; so the scores also have
 * to take at least twice as many values somewhere else in the experiment, on the same rows. A single value ranks nothing in any case.
 */
public final class TiedScores {
    private static final int FEW = 20;

    private TiedScores() {}

    /**
     * The epochs at which that is so.
     *
     * @param distinct how many different scores there were after each epoch; {@code null} where it is not known
     * @param most how many there were at most, after any epoch of any run
     */
    public static Set<Integer> epochs(List<@Nullable Integer> distinct, int most) {
        return IntStream.range(0, distinct.size())
                .filter(epoch -> distinct.get(epoch) != null && isFew(distinct.get(epoch), most))
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
