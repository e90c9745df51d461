package org.initlab.training.network.efficientnet;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.stream.IntStream;
import org.initlab.training.network.Architecture;
import org.initlab.training.network.layers.LayerTree;
import org.initlab.training.network.layers.StochasticDepth;
import org.initlab.training.spec.ModelSpec;
import org.junit.jupiter.api.Test;

class EfficientNetsTest {
    private static final Architecture B0 = EfficientNets.all().get(0);

    @Test
    void theEightAreInTheOrderOfTheirSize() {
        assertThat(EfficientNets.all())
                .extracting(Architecture::name)
                .containsExactlyElementsOf(IntStream.range(0, 8)
                        .mapToObj(i -> "efficientnet_b" + i)
                        .toList());
        assertThat(EfficientNets.all()).extracting(Architecture::parameters).isSorted();
    }

    @Test
    void stochasticDepthGrowsLinearlyOverTheBlocks() {
        try (NDManager manager = NDManager.newBaseManager(Device.cpu())) {
            ModelSpec spec = new ModelSpec(B0.name(), null, 32, 0.2, 0.8);
            EfficientNet network = (EfficientNet) B0.build(spec, null, manager);
            List<Double> rates = LayerTree.all(StochasticDepth.class, network)
                    .map(StochasticDepth::rate)
                    .toList();
            assertThat(rates).hasSize(16);
            for (int i = 0; i < rates.size(); i++) {
                assertThat(rates.get(i)).isEqualTo(0.8 * i / 16);
            }
        }
    }
}
