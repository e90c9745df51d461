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
import org.initlab.training.spec.ModelSpec;
import org.initlab.training.spec.TrainingException;
import org.initlab.training.weights.Outline;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NetworkTensorsTest {
    static List<Architecture> all() {
        return NetworkCatalog.all().stream()
                .filter(architecture -> architecture.isDefinedFor(null))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("all")
    void namesAndShapesAreThoseOfTheBuiltNetwork(Architecture architecture) throws Exception {
        assertThat(sha256(of(architecture)))
                .isEqualTo(Golden.architectures().get(architecture.name()).namesAndShapesSha256());
    }

    @ParameterizedTest
    @MethodSource("all")
    void withAReplacedLastLayerTheyAreTorchvisionsOwn(Architecture architecture) throws Exception {
        ModelSpec spec =
                new ModelSpec(architecture.name(), null, null, null, null, ModelSpec.Head.REPLACE, null, null, null);
        NetworkTensors tensors = NetworkTensors.of(architecture, architecture.resolve(spec, null), null);
        assertThat(sha256(tensors))
                .isEqualTo(Golden.architectures().get(architecture.name()).replacedSha256());
    }

    private static String sha256(NetworkTensors tensors) {
        List<String> lines = tensors.shapes().entrySet().stream()
                .map(tensor -> tensor.getKey() + " "
                        + Arrays.stream(tensor.getValue())
                                .mapToObj(Long::toString)
                                .collect(Collectors.joining("x")))
                .toList();
        return DigestUtils.sha256Hex(String.join("\n", lines));
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
        return NetworkTensors.of(architecture, architecture.defaults(), null);
    }

    private static Outline outline(Map<String, long[]> shapes) {
        return new Outline(shapes, Map.of(), List.copyOf(shapes.keySet()), Optional.empty());
    }
}
