package org.initlab.training.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.initlab.training.objective.CrossEntropyLoss;
import org.initlab.training.objective.FocalAlpha;
import org.initlab.training.objective.FocalLoss;
import org.initlab.training.objective.LossSpec;
import org.initlab.training.objective.PositiveWeight;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The optimal bias against a minimisation of the objective itself, for every combination of weight, smoothing, focal and sampling. */
class OptimalTest {
    private static final BiasInit OPTIMAL = new BiasInit.Optimal(null);
    private static final int EVEN = 1000;
    private static final int ODD = 101;

    private static Stream<LossSpec> losses() {
        Stream<PositiveWeight> weights = Stream.concat(
                Stream.of(0.2, 1.0, 3.0, 9.0).map(weight -> new PositiveWeight(weight, null)),
                Stream.of(new PositiveWeight(null, PositiveWeight.Rule.BALANCED)));
        List<FocalAlpha> alphas = Stream.concat(
                        Stream.of(0.01, 0.25, 0.75).map(alpha -> new FocalAlpha(alpha, null)),
                        Stream.of(new FocalAlpha(null, FocalAlpha.Rule.NONE)))
                .toList();
        return Stream.concat(
                weights.flatMap(
                        weight -> Stream.of(0.0, 0.1, 0.5).map(smoothing -> new CrossEntropyLoss(weight, smoothing))),
                Stream.of(0.0, 0.5, 1.0, 2.0, 5.0)
                        .flatMap(gamma -> alphas.stream().map(alpha -> new FocalLoss(gamma, alpha))));
    }

    @ParameterizedTest
    @MethodSource("losses")
    void noOtherConstantLogitIsBetter(LossSpec loss) {
        for (Sampling sampling : Sampling.values()) {
            for (int rows : new int[] {EVEN, ODD}) {
                for (double rate : new double[] {0.5, 0.2, 0.01, 0.001}) {
                    Prior prior = Prior.of(training(loss, sampling), rate, rows);
                    double drawn = sampling == Sampling.NATURAL ? rate : Math.floor(rows / 2.0) / rows;
                    double best = minimum(logit -> drawn * prior.objective().value(logit, true)
                            + (1 - drawn) * prior.objective().value(logit, false));

                    assertThat(OPTIMAL.logit(prior).orElseThrow())
                            .as("%s, %s of %s rows", sampling, rate, rows)
                            .isCloseTo(best, within(1e-6));
                }
            }
        }
    }

    @Test
    void withAWeightItIsTheWeightedLogOdds() {
        LossSpec weighted = new CrossEntropyLoss(new PositiveWeight(9.0, null), null);

        assertThat(OPTIMAL.logit(Prior.of(training(weighted, Sampling.NATURAL), 0.02, EVEN))
                        .orElseThrow())
                .isCloseTo(Math.log(9 * 0.02 / 0.98), within(1e-12));
    }

    private static TrainingSpec training(LossSpec loss, Sampling sampling) {
        return new TrainingSpec(null, null, null, sampling, null, null, null, loss, null);
    }

    /** Golden-section search, of the function's differences only. */
    private static double minimum(DoubleUnaryOperator function) {
        double ratio = (Math.sqrt(5) - 1) / 2;
        double low = -40;
        double high = 40;
        while (high - low > 1e-9) {
            double left = high - ratio * (high - low);
            double right = low + ratio * (high - low);
            if (function.applyAsDouble(left) < function.applyAsDouble(right)) {
                high = right;
            } else {
                low = left;
            }
        }
        return (low + high) / 2;
    }
}
