package org.initlab.training.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.commons.codec.digest.DigestUtils;
import org.initlab.training.catalog.NetworkCatalog;
import org.initlab.training.spec.TrainingException;
import org.initlab.training.weights.Outline;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NetworkTensorsTest {
    static List<Architecture> all() {
        return NetworkCatalog.all();
    }

    @ParameterizedTest
    @MethodSource("all")
    void namesAndShapesAreThoseOfTheBuiltNetwork(Architecture architecture) throws Exception {
        List<String> lines = of(architecture).shapes().entrySet().stream()
                .map(tensor -> tensor.getKey() + " "
                        + Arrays.stream(tensor.getValue())
                                .mapToObj(Long::toString)
                                .collect(Collectors.joining("x")))
                .toList();
        assertThat(DigestUtils.sha256Hex(String.join("\n", lines)))
                .isEqualTo(Golden.architectures().get(architecture.name()).namesAndShapesSha256());
    }

    @Test
    void torchvisionsNamesAndTheReferencesWithAndWithoutHeadFit() {
        NetworkTensors network = of(NetworkCatalog.named("resnet18").orElseThrow());
        Map<String, long[]> torchvision = new LinkedHashMap<>();
        Map<String, long[]> headless = new LinkedHashMap<>();
        network.shapes().forEach((name, shape) -> {
            if (name.startsWith("backbone.")) {
                torchvision.put(name.substring("backbone.".length()), shape);
                headless.put(name, shape);
            }
        });
        for (Map<String, long[]> shapes : List.of(network.shapes(), torchvision, headless)) {
            assertThatCode(() -> network.requireFit(outline(shapes))).doesNotThrowAnyException();
            Map<String, long[]> fewer = new LinkedHashMap<>(shapes);
            fewer.remove(shapes.keySet().iterator().next());
            assertThatThrownBy(() -> network.requireFit(outline(fewer)))
                    .isInstanceOf(TrainingException.class)
                    .hasMessageContaining("conv1.weight is missing")
                    .hasMessageContaining(
                            "own names are " + fewer.keySet().iterator().next());
        }
    }

    private static NetworkTensors of(Architecture architecture) {
        return NetworkTensors.of(architecture, architecture.defaults());
    }

    private static Outline outline(Map<String, long[]> shapes) {
        return new Outline(shapes, Map.of(), List.copyOf(shapes.keySet()), Optional.empty());
    }
}
