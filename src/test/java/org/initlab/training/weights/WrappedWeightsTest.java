package org.initlab.training.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.initlab.training.spec.TrainingException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What everyday training scripts save, see make_wrapped.py: wrappers, checkpoints, and objects beside the tensors. */
class WrappedWeightsTest {
    private static final Path FOLDER = Golden.MORE.resolve("wrapped");
    private static final Golden.Wrapped WRAPPED = Golden.wrapped();

    static Set<String> files() {
        return WRAPPED.files().keySet();
    }

    @ParameterizedTest
    @MethodSource("files")
    void itReadsAsTheNetworksOwnTensors(String file) {
        String kind = WRAPPED.files().get(file);
        Map<String, Golden.Expected> expected = WRAPPED.tensors().get(kind);
        Golden.assertEqual(StateDicts.read(FOLDER, file, network(kind)), expected);

        Outline outline = StateDicts.outline(FOLDER, file, network(kind));
        assertThat(Misfit.of(network(kind), outline)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "torchvision_zip.pth, model and in model_ema",
        "torchvision_legacy.pth, model and in model_ema",
        "lightning_ema.ckpt, state_dict and in callbacks.EMA.ema_state_dict"
    })
    void twoThatFitEquallyAreToldOf(String file, String places) {
        assertThat(StateDicts.outline(FOLDER, file, network("weights")).warning())
                .hasValueSatisfying(warning -> assertThat(warning).contains(file, places));
    }

    @ParameterizedTest
    @ValueSource(strings = {"compiled.pth", "ema.pth", "everything_2.pth", "lightning.ckpt", "compiled.safetensors"})
    void oneThatFitsIsNotWarnedOf(String file) {
        assertThat(StateDicts.outline(FOLDER, file, network("weights")).warning())
                .isEqualTo(Optional.empty());
    }

    @ParameterizedTest
    @CsvSource({
        "whole.bin, my_project.models.Net",
        "whole_legacy.bin, torch.nn.modules.flatten.Flatten",
        "module_in_dict.pt, model is my_project.models.Net"
    })
    void aWholeModuleIsRefusedWithItsClassAndTheWayOut(String file, String words) {
        assertThatThrownBy(() -> StateDicts.outline(FOLDER, file, network("weights")))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining(words)
                .hasMessageContaining("torch.save(model.state_dict(), path)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"numpy_for_a_tensor.pth"})
    void whatIsNoTensorIsRefusedWhereOneIsNeeded(String file) {
        Outline outline = StateDicts.outline(FOLDER, file, network("weights"));
        assertThat(Misfit.of(network("weights"), outline)).hasValueSatisfying(misfit -> assertThat(misfit)
                .contains("classifier.bias is not a tensor that can be read but numpy._core.multiarray"));
    }

    private static Map<String, long[]> network(String kind) {
        Map<String, long[]> shapes = new HashMap<>();
        WRAPPED.tensors().get(kind).forEach((name, tensor) -> shapes.put(name, tensor.shape()));
        return shapes;
    }
}
