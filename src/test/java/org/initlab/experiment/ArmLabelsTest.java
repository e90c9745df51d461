package org.initlab.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.initlab.training.spec.BiasInit;
import org.initlab.training.spec.BiasInit.HeadWeights;
import org.junit.jupiter.api.Test;

class ArmLabelsTest {

    @Test
    void aLabelIsTheTypeWithWhatTellsItApart() {
        assertThat(ArmLabels.of(List.of(
                        new BiasInit.Default(),
                        new BiasInit.PositiveRate(),
                        new BiasInit.PositiveRate(0.01),
                        new BiasInit.Zeros(),
                        new BiasInit.Zeros())))
                .containsExactly("default", "positive_rate", "positive_rate_0.01", "zeros", "zeros_2");
    }

    @Test
    void aHeadOfZerosIsSaidAtTheEnd() {
        assertThat(ArmLabels.of(List.of(
                        new BiasInit.Default(),
                        new BiasInit.Default(HeadWeights.ZEROS),
                        new BiasInit.Default(HeadWeights.ZEROS),
                        new BiasInit.Constant(-2.0, HeadWeights.ZEROS),
                        new BiasInit.Optimal(HeadWeights.ZEROS))))
                .containsExactly(
                        "default",
                        "default_zero_head",
                        "default_2_zero_head",
                        "constant_zero_head",
                        "optimal_zero_head");
    }
}
