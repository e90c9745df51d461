package org.initlab.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.apache.commons.statistics.inference.TTest;
import org.initlab.analysis.Verdict.Code;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How often verdicts claim what is not so, in {@value #EXPERIMENTS} experiments of which the truth is known. */
class FalseClaimsTest {
    private static final Logger log = LoggerFactory.getLogger(FalseClaimsTest.class);
    private static final int EXPERIMENTS = 10_000;
    private static final int ARMS = 3;

    /** Three standard errors of a share of 5 %. */
    private static final double CHANCE = 3 * Math.sqrt(0.05 * 0.95 / EXPERIMENTS);

    /** Noise of mean 0. */
    enum Noise {
        NORMAL("normal", 0.05),
        /** Student's t with three degrees of freedom, scaled to a deviation of 1. */
        HEAVY("Student's t with 3 degrees of freedom", 0.05),
        /** Exponential, of which no symmetric interval is right. */
        SKEWED("exponential", 0.13);

        private final String title;
        private final double most;

        Noise(String title, double most) {
            this.title = title;
            this.most = most;
        }

        private double draw(RandomGenerator random) {
            return switch (this) {
                case NORMAL -> random.nextGaussian();
                case HEAVY -> random.nextGaussian() / Math.sqrt(chiSquareOfThree(random));
                case SKEWED -> random.nextExponential() - 1;
            };
        }

        private static double chiSquareOfThree(RandomGenerator random) {
            return IntStream.range(0, 3)
                    .mapToDouble(i -> random.nextGaussian())
                    .map(x -> x * x)
                    .sum();
        }

        String title() {
            return title;
        }

        double[] pairs(RandomGenerator random, int pairs, double mean) {
            return IntStream.range(0, pairs)
                    .mapToDouble(i -> mean + draw(random))
                    .toArray();
        }
    }

    @ParameterizedTest
    @EnumSource
    void anArmThatIsTheSameIsSeldomCalledBetterOrWorse(Noise noise) {
        double share = share(random -> {
            int pairs = random.nextInt(3, 51);
            return IntStream.range(0, ARMS).anyMatch(arm -> isClear(code(noise.pairs(random, pairs, 0), 0.5, ARMS)));
        });
        log.info("{}: one of {} arms without a difference called better or worse in {}", noise, ARMS, share);

        assertThat(share).isLessThan(noise.most + CHANCE);
    }

    /** The hardest case: the true difference is the margin itself, on the side that is misjudged more often. */
    @ParameterizedTest
    @EnumSource
    void anArmThatDiffersByTheMarginIsSeldomCalledTheSame(Noise noise) {
        double share = DoubleStream.of(-0.5, 0.5)
                .map(mean -> share(
                        random -> code(noise.pairs(random, random.nextInt(3, 51), mean), 0.5, 1) == Code.NO_DIFFERENCE))
                .max()
                .orElseThrow();
        log.info("{}: no difference claimed of one as large as the margin in {}", noise, share);

        assertThat(share).isLessThan(noise.most + CHANCE);
    }

    /** And it does call it so once there are enough pairs. */
    @Test
    void anArmThatIsTheSameIsCalledSoWithEnoughPairs() {
        assertThat(share(random -> code(Noise.NORMAL.pairs(random, 50, 0), 0.5, 1) == Code.NO_DIFFERENCE))
                .isGreaterThan(0.9);
        assertThat(share(random -> code(Noise.NORMAL.pairs(random, 4, 0), 0.5, 1) == Code.NO_DIFFERENCE))
                .isLessThan(0.1);
    }

    /** As many pairs as are said to be needed do find the margin four times in five. */
    @Test
    void theTrialsNeededFindTheMargin() {
        long pairs = PairedPower.trialsNeeded(0.5, 1);

        double share = share(random -> isClear(code(Noise.NORMAL.pairs(random, (int) pairs, 0.5), 0.5, 1)));

        assertThat(share).isBetween(0.8 - 0.012, 0.83);
    }

    @Test
    void aLeadIsSeldomSeenInAnyOfManyEpochsAndArmsWithoutOne() {
        double share = share(random -> {
            List<Double> p = IntStream.range(0, 20)
                    .mapToObj(test -> TTest.withDefaults()
                            .test(Noise.NORMAL.pairs(random, 10, 0))
                            .getPValue())
                    .toList();
            return Holm.adjust(p).stream().anyMatch(adjusted -> adjusted < 0.05);
        });

        assertThat(share).isBetween(0.03, 0.05 + CHANCE);
    }

    @ParameterizedTest
    @EnumSource(names = {"NORMAL", "HEAVY"})
    void signFlipsNeedOnlySymmetry(Noise noise) {
        double share = share(random -> SignFlips.p(noise.pairs(random, 8, 0)) <= 0.05);

        assertThat(share).isBetween(0.05 - 0.015, 0.05 + CHANCE);
    }

    private static double share(Predicate<RandomGenerator> experiment) {
        SplittableRandom random = new SplittableRandom(18);
        return IntStream.range(0, EXPERIMENTS)
                        .filter(i -> experiment.test(random))
                        .count()
                / (double) EXPERIMENTS;
    }

    private static boolean isClear(Code code) {
        return code == Code.BETTER || code == Code.WORSE;
    }

    private static Code code(double[] pairs, double margin, int arms) {
        EpochDifference last = new EpochDifference(1, pairs.length, null, null, null, null);
        Ending ending = new Ending("default", "zeros", false, last, Map.of(), Map.of(), Map.of());
        Interval interval = Interval.of(pairs, arms);
        Equivalence equivalence = Equivalence.of(pairs, margin);
        return Verdict.code(
                ending,
                new Standing(Criterion.LOSS, margin, null, interval, null, equivalence, null, null, pairs.length));
    }
}
