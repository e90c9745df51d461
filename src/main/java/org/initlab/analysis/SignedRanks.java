package org.initlab.analysis;

import java.util.Arrays;
import org.apache.commons.statistics.inference.ContinuityCorrection;
import org.apache.commons.statistics.inference.WilcoxonSignedRankTest;
import org.apache.commons.statistics.ranking.NaturalRanking;

/**
 * Wilcoxon's signed-rank test of paired differences, two-sided.
 *
 * <p>Zeros are dropped, as Wilcoxon did. Up to {@value #EXACT_LIMIT} differences p is exact: with ties it is
 * conditional on the mid-ranks, counting all 2ⁿ assignments of signs, as {@code scipy.stats.wilcoxon} does up to 13.
 * Above that, it is the normal approximation corrected for ties, without a continuity correction.
 */
final class SignedRanks {
    private static final int EXACT_LIMIT = 50;
    private static final WilcoxonSignedRankTest WITHOUT_TIES =
            WilcoxonSignedRankTest.withDefaults().with(ContinuityCorrection.DISABLED);

    private SignedRanks() {}

    /**
     * The probability, under symmetry about 0, of rank sums at least as far apart.
     *
     * @param differences at least one, finite; if all are 0 p is 1, as no assignment of signs is more extreme than
     *     another
     */
    static double p(double[] differences) {
        double[] moved =
                Arrays.stream(differences).filter(difference -> difference != 0).toArray();
        if (moved.length == 0) {
            return 1;
        }
        WilcoxonSignedRankTest.Result result = WITHOUT_TIES.test(moved);
        return result.hasTiedValues() && moved.length <= EXACT_LIMIT ? exactWithTies(moved) : result.getPValue();
    }

    private static double exactWithTies(double[] moved) {
        double[] ranks =
                new NaturalRanking().apply(Arrays.stream(moved).map(Math::abs).toArray());
        int[] doubled = Arrays.stream(ranks)
                .mapToInt(rank -> (int) Math.round(2 * rank))
                .toArray();
        int positive = 0;
        for (int i = 0; i < moved.length; i++) {
            positive += moved[i] > 0 ? doubled[i] : 0;
        }
        double[] probability = distribution(doubled);
        double below = Arrays.stream(probability, 0, positive + 1).sum();
        double above = Arrays.stream(probability, positive, probability.length).sum();
        return Math.min(1, 2 * Math.min(below, above));
    }

    /** The distribution of the positive ranks' sum when every sign is a fair coin flip. */
    private static double[] distribution(int[] ranks) {
        double[] probability = new double[Arrays.stream(ranks).sum() + 1];
        probability[0] = 1;
        for (int rank : ranks) {
            for (int sum = probability.length - 1; sum >= 0; sum--) {
                probability[sum] = (probability[sum] + (sum >= rank ? probability[sum - rank] : 0)) / 2;
            }
        }
        return probability;
    }
}
