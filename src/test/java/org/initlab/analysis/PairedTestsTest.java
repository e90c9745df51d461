package org.initlab.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.DoubleStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/** The tests behind a verdict against SciPy 1.17.1 and statsmodels 0.15.0; see {@code golden/verdicts.py}. */
class PairedTestsTest {
    private static final Offset<Double> EQUAL = within(1e-9);

    record Golden(List<Pairs> pairs, List<Power> powers, List<Trials> trials, List<Adjusted> holm) {}

    record Pairs(
            String name,
            double[] differences,
            double margin,
            double equivalenceP,
            double tTestP,
            double wilcoxonP,
            Double signFlipP,
            double level,
            double low,
            double high,
            long trialsNeeded) {
        @Override
        public String toString() {
            return name;
        }
    }

    record Power(double effect, long pairs, double power) {}

    record Trials(double effect, long trials) {}

    record Adjusted(Double[] p, Double[] adjusted) {}

    static List<Pairs> pairs() throws IOException {
        return golden().pairs();
    }

    private static Golden golden() throws IOException {
        try (InputStream json = PairedTestsTest.class.getResourceAsStream("/golden/verdicts.json")) {
            return JsonMapper.shared().readValue(json, Golden.class);
        }
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void theTestsOfPairsAreSciPysAndStatsmodels(Pairs expected) {
        double[] differences = expected.differences;
        PairedDifference difference = PairedDifference.of(differences, new Bootstrap());
        Equivalence equivalence = Equivalence.of(differences, expected.margin);
        Interval interval = Interval.of(differences, (int) Math.round(0.05 / (1 - expected.level)));

        assertThat(equivalence.p()).isCloseTo(expected.equivalenceP, EQUAL);
        assertThat(equivalence.shown()).isEqualTo(expected.equivalenceP < 0.05);
        assertThat(difference.tTestP()).isCloseTo(expected.tTestP, EQUAL);
        assertThat(difference.wilcoxonP()).isCloseTo(expected.wilcoxonP, EQUAL);
        assertThat(interval.level()).isCloseTo(expected.level, EQUAL);
        assertThat(interval.low()).isCloseTo(expected.low, EQUAL);
        assertThat(interval.high()).isCloseTo(expected.high, EQUAL);
        assertThat(PairedPower.trialsNeeded(
                        expected.margin, Summary.of(differences).std()))
                .isEqualTo(expected.trialsNeeded);
        if (expected.signFlipP != null) {
            assertThat(SignFlips.p(differences)).isCloseTo(expected.signFlipP, EQUAL);
        }
    }

    @Test
    void theSmallerPOfEquivalenceKeepsItsDigits() throws IOException {
        Pairs tiny = golden().pairs().get(3);

        assertThat(Equivalence.of(tiny.differences, tiny.margin).p())
                .isCloseTo(tiny.equivalenceP, within(1e-9 * tiny.equivalenceP));
    }

    @Test
    void thePowerIsThatOfTheNoncentralT() throws IOException {
        for (Power expected : golden().powers()) {
            assertThat(PairedPower.power(expected.effect, expected.pairs))
                    .as(expected.toString())
                    .isCloseTo(expected.power, EQUAL);
        }
    }

    @Test
    void theTrialsNeededAreTheFirstWithEnoughPower() throws IOException {
        for (Trials expected : golden().trials()) {
            assertThat(PairedPower.trialsNeeded(expected.effect, 1))
                    .as(expected.toString())
                    .isEqualTo(expected.trials);
        }
        assertThat(PairedPower.trialsNeeded(1e6, 1)).isEqualTo(3);
        assertThat(PairedPower.trialsNeeded(1e300, 1e-300)).isEqualTo(3);
        assertThat(PairedPower.trialsNeeded(1e-5, 1)).isBetween(78_488_797_342L, 78_488_797_348L);
        assertThat(PairedPower.trialsNeeded(1e-7, 1)).isNull();
        assertThat(PairedPower.trialsNeeded(1e-300, 1e300)).isNull();
        assertThat(PairedPower.trialsNeeded(1, 0)).isNull();
    }

    @Test
    void holmIsStatsmodels() throws IOException {
        for (Adjusted expected : golden().holm()) {
            List<Double> adjusted = Holm.adjust(Arrays.asList(expected.p));
            for (int i = 0; i < expected.p.length; i++) {
                assertThat(adjusted.get(i)).isCloseTo(expected.adjusted[i], EQUAL);
            }
        }
    }

    /** Of the first 16 of these 17 pairs p is exact; the 17th is 0, which doubles both counts. */
    @Test
    void aboveSixteenPairsSignsAreDrawn() {
        double[] sixteen = differences(new SplittableRandom(3), 16, 0.4);
        double[] seventeen = Arrays.copyOf(sixteen, 17);
        double exact = SignFlips.p(sixteen);

        double drawn = SignFlips.p(seventeen);

        assertThat(drawn).isCloseTo(exact, within(5 * Math.sqrt(exact * (1 - exact) / 100_000)));
        assertThat(drawn).isNotEqualTo(exact).isEqualTo(SignFlips.p(seventeen));
        assertThat(Math.rint(drawn * 100_001)).isCloseTo(drawn * 100_001, within(1e-6));
        double[] far = DoubleStream.generate(() -> 1).limit(100).toArray();
        assertThat(SignFlips.p(far)).isEqualTo(1.0 / 100_001);
        assertThat(SignFlips.p(new double[40])).isEqualTo(1);
    }

    @Test
    void differencesThatDoNotVaryAreEquivalentWhereTheyAreWithinTheMargin() {
        assertThat(Equivalence.of(new double[3], 0.01)).isEqualTo(new Equivalence(0.01, 0.0, true));
        assertThat(Equivalence.of(new double[] {0.5, 0.5, 0.5}, 0.5)).isEqualTo(new Equivalence(0.5, 1.0, false));
        assertThat(Equivalence.of(new double[] {0.5}, 1)).isEqualTo(new Equivalence(1, null, false));
        assertThat(Interval.of(new double[] {0.5}, 2)).isEqualTo(new Interval(0.975, null, null));
    }

    static double[] differences(RandomGenerator random, int pairs, double mean) {
        return DoubleStream.generate(() -> mean + random.nextGaussian())
                .limit(pairs)
                .toArray();
    }
}
