package org.initlab.training.network.scripted;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.file.Path;
import org.initlab.training.engine.Garbage;
import org.initlab.training.engine.PyTorch;
import org.initlab.training.network.BinaryClassifier;
import org.initlab.training.spec.FeatureShape;
import org.initlab.training.spec.ImageShape;
import org.initlab.training.spec.ModelSpec;
import org.initlab.training.spec.RowShape;
import org.junit.jupiter.api.Test;

/** Modules as networks; {@code modules/modules.py} wrote them. */
class ScriptedArchitectureTest {
    private static final RowShape IMAGES = new ImageShape(32, 32, 3);

    @Test
    void aModuleForRowsOfNumbersMayGiveAListOfLogits() {
        try (BinaryClassifier model = build("rows", new FeatureShape(5));
                NDManager manager = NDManager.newBaseManager(Device.cpu())) {
            NDArray row = manager.ones(new Shape(1, 5));
            float before = model.forward(row, false).getFloat(0);
            float bias = model.outputBias();

            model.setOutputBias(bias + 2);

            assertThat(model.forward(row, false).getFloat(0)).isCloseTo(before + 2, within(1e-5f));
            assertThat(model.stateDict().tensors()).containsOnlyKeys("fc.weight", "fc.bias");
        }
    }

    @Test
    void probingLeavesTheModuleAsItIs() {
        try (BinaryClassifier model = build("logit", IMAGES);
                BinaryClassifier again = build("logit", IMAGES)) {
            float[] weight = model.stateDict().tensors().get("fc.weight").values();
            again.initialize(7);

            assertThat(weight)
                    .isEqualTo(again.stateDict().tensors().get("fc.weight").values());
            assertThat(weight).doesNotContain(0);
            assertThat(model.outputBias()).isEqualTo(again.outputBias()).isNotEqualTo(1);
        }
    }

    @Test
    void whatIsFrozenOrUnusedIsNotLearntAndBuffersAreKept() {
        try (BinaryClassifier model = build("features", IMAGES)) {
            assertThat(model.learntArrays())
                    .containsOnlyKeys(
                            "backbone.body.0.weight",
                            "backbone.body.0.bias",
                            "backbone.body.1.weight",
                            "backbone.body.1.bias",
                            "backbone.fc.weight",
                            "backbone.fc.bias",
                            "output.weight",
                            "output.bias");
            assertThat(model.stateDict().tensors())
                    .containsKeys(
                            "backbone.unused",
                            "backbone.frozen",
                            "backbone.body.1.running_mean",
                            "backbone.body.1.running_var",
                            "backbone.body.1.num_batches_tracked");
        }
    }

    @Test
    void whatAModuleKeepsOfItsInputStays() {
        try (BinaryClassifier model = build("keeping", new FeatureShape(5))) {
            Garbage.collect();

            float[] last = model.stateDict().tensors().get("last").values();
            for (int i = 0; i < last.length; i++) {
                assertThat(last[i]).isEqualTo((float) Math.sin(i));
            }
        }
    }

    private static BinaryClassifier build(String module, RowShape rows) {
        Path file = Path.of("src/test/resources/modules", module + ".pt");
        ScriptedArchitecture architecture = ScriptedArchitecture.of(file);
        ModelSpec spec = architecture.resolve(ModelSpec.torchScript(module + ".pt"), rows);
        return BinaryClassifier.build(architecture, spec, rows, PyTorch.device("cpu"));
    }
}
