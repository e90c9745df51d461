package org.initlab.training.network.convnext;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import java.util.List;
import org.initlab.training.network.Architecture;
import org.initlab.training.network.layers.LayerTree;
import org.initlab.training.network.layers.StochasticDepth;
import org.initlab.training.spec.ModelSpec;
import org.junit.jupiter.api.Test;

class ConvNeXtsTest {
    private static final Architecture TINY = ConvNeXts.all().get(0);

    /** Up to the rate itself, unlike in EfficientNet. */
    @Test
    void stochasticDepthGrowsLinearlyToTheLastBlock() {
        try (NDManager manager = NDManager.newBaseManager(Device.cpu())) {
            ModelSpec spec = new ModelSpec(TINY.name(), null, 32, null, 0.34);
            ConvNeXt network = (ConvNeXt) TINY.build(spec, null, manager);
            List<Double> rates = LayerTree.all(StochasticDepth.class, network)
                    .map(StochasticDepth::rate)
                    .toList();
            assertThat(rates).hasSize(18);
            for (int i = 0; i < rates.size(); i++) {
                assertThat(rates.get(i)).isEqualTo(0.34 * i / 17);
            }
        }
    }
}
