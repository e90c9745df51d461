package org.initlab.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/**
 * The statistics of pairs against SciPy 1.17.1 (Python code next to the values, after
 * {@code from scipy.stats import *}).
 */
class PairedDifferenceTest {
    private static final Offset<Double> EQUAL = within(1e-12);
    private static final double[] SMALL = {0.012, -0.003, 0.021, 0.008, -0.001, 0.030, 0.017, 0.004};

    @Test
    void aPairedDifferenceHasSciPysNumbers() {
        PairedDifference difference = PairedDifference.of(SMALL, new Bootstrap());

        // r = ttest_1samp(d, 0); d.mean(), r.confidence_interval(.95), r.pvalue
        assertThat(difference.mean()).isCloseTo(0.011, EQUAL);
        assertThat(difference.ciLow()).isCloseTo(0.0015415029936288668, EQUAL);
        assertThat(difference.ciHigh()).isCloseTo(0.020458497006371135, EQUAL);
        assertThat(difference.tTestP()).isCloseTo(0.028503973776409768, EQUAL);
        // wilcoxon(d).pvalue
        assertThat(difference.wilcoxonP()).isCloseTo(0.0390625, EQUAL);
        // d.mean() / d.std(ddof=1)
        assertThat(difference.effectSize()).isCloseTo(0.9722718241315029, EQUAL);
        // bootstrap((d,), np.mean, n_resamples=1000000, method='BCa', rng=1).confidence_interval
        assertThat(difference.bootstrapLow()).isCloseTo(0.004375, within(3e-4));
        assertThat(difference.bootstrapHigh()).isCloseTo(0.0190, within(3e-4));
        assertThat(PairedDifference.of(SMALL, new Bootstrap())).isEqualTo(difference);
    }

    @Test
    void aTinyPKeepsItsDigits() {
        double[] large = {-0.366, -0.371, -0.359, -0.380, -0.362, -0.368, -0.355, -0.377, -0.364, -0.402};

        // ttest_1samp(d, 0).pvalue, wilcoxon(d).pvalue
        PairedDifference difference = PairedDifference.of(large, new Bootstrap());
        assertThat(difference.tTestP()).isCloseTo(1.8092976569615614e-14, within(1e-19));
        assertThat(difference.wilcoxonP()).isCloseTo(0.001953125, EQUAL);
    }

    @Test
    void theSignedRankTestIsExactWithTiesAndZeros() {
        // wilcoxon(d).pvalue
        assertThat(SignedRanks.p(new double[] {1, 1, 2, -1, 3, 3, 0, -2, 4})).isCloseTo(0.140625, EQUAL);
        // wilcoxon(d, method=PermutationMethod(n_resamples=np.inf)).pvalue
        assertThat(SignedRanks.p(new double[] {1, 1, 2, -1, 3, 3, 0, -2, 4, 5, 5, -4, 6, 2, 7, 8}))
                .isCloseTo(0.01129150390625, EQUAL);
        // wilcoxon(np.full(5, .5)).pvalue, wilcoxon(np.zeros(4)).pvalue
        assertThat(SignedRanks.p(new double[] {0.5, 0.5, 0.5, 0.5, 0.5})).isCloseTo(0.0625, EQUAL);
        assertThat(SignedRanks.p(new double[4])).isEqualTo(1);
    }

    @Test
    void theSignedRankTestOfManyIsTheNormalApproximation() {
        double[] many = IntStream.range(0, 60)
                .mapToDouble(i -> ((i * 37) % 61 - 25) / 10.0)
                .toArray();

        // wilcoxon(d).pvalue
        assertThat(SignedRanks.p(many)).isCloseTo(0.0393246482200441, EQUAL);
    }

    /** SciPy is given the same resamples, so that its interval is the same to the bit. */
    @Test
    void theBootstrapCorrectsBiasAndSkewnessAsSciPyDoes() {
        double[] skewed = {0.1, 0.4, 0.2, 1.9, 0.3, 0.25};
        double[] means = new double[500];
        long state = 12345;
        for (int resample = 0; resample < means.length; resample++) {
            for (int draw = 0; draw < skewed.length; draw++) {
                state = (state * 1103515245 + 12345) % (1L << 31);
                means[resample] += skewed[(int) ((state >> 16) % skewed.length)];
            }
            means[resample] /= skewed.length;
        }

        Bootstrap.Interval interval = Bootstrap.interval(skewed, means);

        // bootstrap((d,), np.mean, n_resamples=0, method='BCa', bootstrap_result=BootstrapResult(None, means, 0.))
        assertThat(interval.low()).isCloseTo(0.21666666666666667, EQUAL);
        assertThat(interval.high()).isCloseTo(1.2816373981018288, EQUAL);
    }

    /** All 27 resamples of three values, six of which have the sample's own mean. */
    @Test
    void resamplesThatTieWithTheSampleCountHalf() {
        double[] values = {1, 2, 4};
        double[] means = IntStream.range(0, 27)
                .mapToDouble(i -> (values[i / 9] + values[i / 3 % 3] + values[i % 3]) / 3)
                .toArray();

        Bootstrap.Interval interval = Bootstrap.interval(values, means);

        // as above
        assertThat(interval.low()).isCloseTo(1.3333333333333333, EQUAL);
        assertThat(interval.high()).isCloseTo(3.7665896523166538, EQUAL);
    }

    @Test
    void onePairHasOnlyAMean() {
        PairedDifference difference = PairedDifference.of(new double[] {-0.3}, new Bootstrap());

        assertThat(difference)
                .isEqualTo(new PairedDifference(1, -0.3, null, null, null, null, null, null, null, null, null));
        assertThat(PairedDifference.of(new double[0], new Bootstrap()).mean()).isNull();
    }

    /** Student's 95 % intervals would reach 1.27, and beyond 1 either side for differences. */
    @Test
    void anIntervalEndsWhereTheQuantityDoes() {
        assertThat(Summary.of(new double[] {0.95, 0.99}).ciHigh()).isGreaterThan(1.2);
        Summary two = Summary.of(new double[] {0.95, 0.99}, Quantity.ROC_AUC);
        assertThat(two.ciHigh()).isEqualTo(1);
        assertThat(two.ciLow()).isCloseTo(0.7158759052645, within(1e-9));
        assertThat(Summary.of(new double[] {0.01, 0.9}, Quantity.PR_AUC))
                .extracting(Summary::ciLow, Summary::ciHigh)
                .containsExactly(0.0, 1.0);
        assertThat(Summary.of(new double[] {1, 1, 1}, Quantity.ROC_AUC)).isEqualTo(new Summary(1.0, 0.0, 1.0, 1.0));
        assertThat(Summary.of(new double[] {0, 0}, Quantity.ROC_AUC)).isEqualTo(new Summary(0.0, 0.0, 0.0, 0.0));
        assertThat(Summary.of(new double[] {0.1, 2}, Quantity.LOSS).ciLow()).isZero();
        assertThat(Summary.of(new double[] {0.4}, Quantity.ROC_AUC).ciLow()).isNull();
        PairedDifference wide = PairedDifference.of(new double[] {-0.4, 0.4}, new Bootstrap());
        assertThat(wide.within(1).ciLow()).isEqualTo(-1);
        assertThat(wide.within(1).ciHigh()).isEqualTo(1);
        assertThat(wide.within(Double.POSITIVE_INFINITY)).isEqualTo(wide);
        assertThat(Interval.of(new double[] {-0.4, 0.4}, 1).within(1)).isEqualTo(new Interval(0.95, -1.0, 1.0));
    }

    /** In SciPy: ttest_1samp([0] * 3, 0).pvalue is nan, ttest_1samp([-0.5] * 3, 0).pvalue is 0. */
    @Test
    void differencesThatDoNotVaryAreBeyondChanceUnlessTheyAreZero() {
        Bootstrap bootstrap = new Bootstrap();

        assertThat(PairedDifference.of(new double[] {0, 0, 0}, bootstrap))
                .isEqualTo(new PairedDifference(3, 0.0, 0.0, 0.0, null, null, null, null, 1.0, null, null));
        assertThat(PairedDifference.of(new double[] {-0.5, -0.5, -0.5}, bootstrap))
                .isEqualTo(new PairedDifference(3, -0.5, -0.5, -0.5, null, null, 0.0, null, 0.25, null, null));
        // whose sum is rounded: a third of it is another number
        assertThat(PairedDifference.of(new double[] {0.37, 0.37, 0.37}, bootstrap))
                .isEqualTo(new PairedDifference(3, 0.37, 0.37, 0.37, null, null, 0.0, null, 0.25, null, null));
    }

    /** In R: p.adjust(c(0.01, 0.04, 0.03, 0.005), "holm"). */
    @Test
    void holmRaisesTheSmallestMostAndKeepsTheOrder() {
        assertThat(Holm.adjust(Arrays.asList(0.01, null, 0.04, 0.03, 0.005)))
                .containsExactly(0.03, null, 0.06, 0.06, 0.02);
        assertThat(Holm.adjust(Arrays.asList(0.9, 0.6))).containsExactly(1.0, 1.0);
    }
}
