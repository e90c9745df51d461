package org.initlab.training.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.initlab.training.weights.StateDict;
import org.initlab.training.weights.StateDict.Tensor;
import org.junit.jupiter.api.Test;

class ModelWeightsTest {
    @Test
    void torchvisionsNamesFillOnlyTheBackbone() {
        ModelWeights weights = ModelWeights.of(stateDict("features.0.0.weight", "classifier.1.bias"));
        assertThat(weights.stateDict().tensors())
                .containsOnlyKeys("backbone.features.0.0.weight", "backbone.classifier.1.bias");
        assertThat(weights.hasHead()).isFalse();
    }

    @Test
    void theReferenceScriptsNamesFillTheHeadToo() {
        StateDict saved = stateDict("backbone.features.0.0.weight", "output.weight", "output.bias");
        assertThat(ModelWeights.of(saved)).isEqualTo(new ModelWeights(saved, true));
    }

    @Test
    void aBackboneSavedWithoutItsHeadFillsNoHead() {
        assertThat(ModelWeights.of(stateDict("backbone.features.0.0.weight")).hasHead())
                .isFalse();
    }

    private static StateDict stateDict(String... names) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (String name : names) {
            tensors.put(name, new Tensor(new long[] {}, new float[] {1}));
        }
        return new StateDict(tensors);
    }
}
