package org.initlab.training.weights;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.initlab.training.weights.StateDict.Tensor;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Small files that PyTorch wrote, and what it reads from them. */
public final class Golden {
    public static final Path FOLDER = Path.of("src/test/resources/golden");

    /** Made by make_weights.py, which lies there. */
    public static final Path MORE = Path.of("src/test/resources/weights");

    public record Expected(long[] shape, float[] values) {}

    private Golden() {}

    public static Map<String, Expected> tiny() {
        return JsonMapper.shared().readValue(FOLDER.resolve("tiny.json").toFile(), new TypeReference<>() {});
    }

    public static Map<String, Expected> tinyWithoutCounter() {
        Map<String, Expected> expected = new TreeMap<>(tiny());
        expected.remove("bn.num_batches_tracked");
        return expected;
    }

    /** By file, then by parameter. */
    static Map<String, Map<String, Expected>> more() {
        return JsonMapper.shared().readValue(MORE.resolve("expected.json").toFile(), new TypeReference<>() {});
    }

    /** Made by make_wrapped.py: which of the tensors each file holds. */
    public record Wrapped(Map<String, String> files, Map<String, Map<String, Expected>> tensors) {}

    static Wrapped wrapped() {
        return JsonMapper.shared()
                .readValue(MORE.resolve("wrapped/expected.json").toFile(), Wrapped.class);
    }

    public static void assertEqual(StateDict actual, Map<String, Expected> expected) {
        assertThat(actual.tensors().keySet()).containsExactlyInAnyOrderElementsOf(expected.keySet());
        expected.forEach((name, values) -> {
            Tensor tensor = actual.tensors().get(name);
            assertThat(tensor.shape()).as(name).isEqualTo(values.shape);
            assertThat(tensor.values()).as(name).isEqualTo(values.values);
        });
    }
}
