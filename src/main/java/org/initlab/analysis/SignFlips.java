package org.initlab.analysis;

import java.util.Arrays;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;

/**
 * The sign-flip test of paired differences, two-sided: how often their sum is as far from 0 if each sign is a fair coin flip
 * (Fisher 1935). It assumes nothing of the differences' distribution but symmetry about 0 where the arms do not differ.
 *
 * <p>Up to {@value #EXACT_LIMIT} pairs all assignments of signs are counted; above, {@value #DRAWS} seeded draws, and the
 * sample itself counts as one of them, so that p is never too small (Phipson and Smyth 2010).
 */
final class SignFlips {
    private static final int EXACT_LIMIT = 16;
    private static final int DRAWS = 100_000;
    private static final long SEED = 0x516F_F11BL;

    /** Of the sum of sizes: sums that are equal but for rounding count as equal. */
    private static final double ROUNDING = 1e-14;

    private SignFlips() {}

    /**
     * The probability of a sum at least as far from 0.
     *
     * @param differences at least one, finite
     */
    static double p(double[] differences) {
        double sizes = Arrays.stream(differences).map(Math::abs).sum();
        double least = Math.abs(Arrays.stream(differences).sum()) - ROUNDING * sizes;
        if (differences.length <= EXACT_LIMIT) {
            // the other half of the assignments has the opposite sums
            long extreme = extreme(differences, 1, differences[0], least);
            return extreme / (double) (1L << (differences.length - 1));
        }
        return (drawn(differences, least) + 1.0) / (DRAWS + 1.0);
    }

    private static long extreme(double[] differences, int next, double sum, double least) {
        if (next == differences.length) {
            return Math.abs(sum) >= least ? 1 : 0;
        }
        return extreme(differences, next + 1, sum + differences[next], least)
                + extreme(differences, next + 1, sum - differences[next], least);
    }

    private static long drawn(double[] differences, double least) {
        UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(SEED + differences.length);
        long extreme = 0;
        for (int draw = 0; draw < DRAWS; draw++) {
            double sum = 0;
            long signs = 0;
            for (int i = 0; i < differences.length; i++) {
                signs = i % Long.SIZE == 0 ? random.nextLong() : signs >>> 1;
                sum += (signs & 1) == 0 ? differences[i] : -differences[i];
            }
            extreme += Math.abs(sum) >= least ? 1 : 0;
        }
        return extreme;
    }
}
