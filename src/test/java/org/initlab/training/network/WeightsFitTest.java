package org.initlab.training.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.initlab.training.weights.StateDict;
import org.initlab.training.weights.StateDict.Tensor;
import org.junit.jupiter.api.Test;

class WeightsFitTest {
    private static final TensorNames ON_TOP = TensorNames.headOnTop();
    private static final Map<String, long[]> WITH_HEAD_ON_TOP = Map.of(
            "backbone.conv.weight", shape(4, 3),
            "backbone.fc.weight", shape(1000, 4),
            "output.weight", shape(1, 1000),
            "output.bias", shape(1));

    private static final TensorNames REPLACED = TensorNames.lastLayer("fc");
    private static final Map<String, long[]> WITH_LAST_LAYER =
            Map.of("conv.weight", shape(4, 3), "fc.weight", shape(1, 4), "fc.bias", shape(1));

    @Test
    void torchvisionsNamesFillAllButTheHeadOnTop() {
        assertThat(taken(ON_TOP, WITH_HEAD_ON_TOP, file("conv.weight", 4, "fc.weight", 1000)))
                .containsOnlyKeys("backbone.conv.weight", "backbone.fc.weight");
    }

    @Test
    void theReferenceScriptsNamesFillTheHeadOnTopIfTheyHaveIt() {
        assertThat(taken(
                        ON_TOP,
                        WITH_HEAD_ON_TOP,
                        file("backbone.conv.weight", 4, "output.weight", 1, "output.bias", 1)))
                .containsOnlyKeys("backbone.conv.weight", "output.weight", "output.bias");
        WeightsFit headless = fit(ON_TOP, WITH_HEAD_ON_TOP, file("backbone.conv.weight", 4));
        assertThat(headless.hasHead()).isFalse();
    }

    @Test
    void aReplacedLastLayerIsFilledUnderItsOwnName() {
        StateDict file = file("conv.weight", 4, "fc.weight", 1, "fc.bias", 1);
        assertThat(fit(REPLACED, WITH_LAST_LAYER, file).hasHead()).isTrue();
        assertThat(taken(REPLACED, WITH_LAST_LAYER, file)).containsOnlyKeys("conv.weight", "fc.weight", "fc.bias");
    }

    @Test
    void theLastLayerOfOtherClassesIsLeftOut() {
        StateDict file = file("conv.weight", 4, "fc.weight", 1000, "fc.bias", 1000);
        assertThat(fit(REPLACED, WITH_LAST_LAYER, file).hasHead()).isFalse();
        assertThat(taken(REPLACED, WITH_LAST_LAYER, file)).containsOnlyKeys("conv.weight");
    }

    @Test
    void aReplacedNetworkMayBeABackboneInItsFile() {
        StateDict file = file("backbone.conv.weight", 4, "backbone.fc.weight", 1, "backbone.fc.bias", 1);
        assertThat(taken(REPLACED, WITH_LAST_LAYER, file)).containsOnlyKeys("conv.weight", "fc.weight", "fc.bias");
    }

    private static Map<String, Tensor> taken(TensorNames names, Map<String, long[]> network, StateDict file) {
        return new ModelWeights(file).as(fit(names, network, file)).tensors();
    }

    private static WeightsFit fit(TensorNames names, Map<String, long[]> network, StateDict file) {
        return WeightsFit.of(names, network, new ModelWeights(file).shapes());
    }

    /** Names, each with the length of its first dimension. */
    private static StateDict file(Object... namesAndLengths) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (int i = 0; i < namesAndLengths.length; i += 2) {
            int length = (int) namesAndLengths[i + 1];
            tensors.put((String) namesAndLengths[i], new Tensor(shape(length), new float[length]));
        }
        return new StateDict(tensors);
    }

    private static long[] shape(long... dimensions) {
        return dimensions;
    }
}
