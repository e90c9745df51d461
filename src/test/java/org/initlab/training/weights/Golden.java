package org.initlab.training.weights;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.initlab.training.weights.StateDict.Tensor;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The small files that PyTorch wrote, and what it read from them. */
final class Golden {
    private record Expected(long[] shape, String dtype, float[] values) {}

    private Golden() {}

    static Path file(String name) {
        return Path.of("src/test/resources/golden", name);
    }

    static Set<String> names() {
        return new TreeSet<>(expected().keySet());
    }

    static void assertTiny(StateDict actual, Set<String> names) {
        assertThat(actual.tensors().keySet()).containsExactlyInAnyOrderElementsOf(names);
        Map<String, Expected> expected = expected();
        for (String name : names) {
            Tensor tensor = actual.tensors().get(name);
            assertThat(tensor.shape()).as(name).isEqualTo(expected.get(name).shape);
            assertThat(tensor.values()).as(name).isEqualTo(expected.get(name).values);
        }
    }

    private static Map<String, Expected> expected() {
        return JsonMapper.shared().readValue(file("tiny.json").toFile(), new TypeReference<>() {});
    }
}
