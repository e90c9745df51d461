package org.initlab.training.weights;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WrapperNamesTest {
    private static final Set<String> NETWORK = Set.of(
            "backbone.features.0.weight",
            "backbone.classifier.bias",
            "features.0.weight",
            "classifier.bias",
            "output.weight");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "module.",
                "_orig_mod.",
                "module._orig_mod.",
                "_orig_mod.module.",
                "module.module.",
                "model.",
                "model.module._orig_mod.",
                "net._orig_mod.",
                "ema_model.module.",
                "_forward_module.module.model.",
                "_fsdp_wrapped_module._orig_mod."
            })
    void anyRunOfPrefixesThatAllHaveComesOff(String run) {
        assertThat(strip(run + "features.0.weight", run + "classifier.bias", run + "features.1.num_batches_tracked"))
                .containsExactly("features.0.weight", "classifier.bias");
        assertThat(strip(run + "backbone.features.0.weight", run + "output.weight"))
                .containsExactly("backbone.features.0.weight", "output.weight");
        assertThat(strip("backbone." + run + "features.0.weight", "output.weight"))
                .containsExactly("backbone.features.0.weight", "output.weight");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "n_averaged",
                "module.n_averaged",
                "num_updates",
                "decay",
                "criterion.pos_weight",
                "loss_fn.weight",
                "optimizer.state.0.exp_avg",
                "step"
            })
    void whatScriptsKeepBesideIsLeftOut(String extra) {
        assertThat(strip("module.features.0.weight", extra, "module.classifier.bias"))
                .containsExactly("features.0.weight", "classifier.bias");
    }

    @Test
    void aPrefixThatOnlySomeHaveStays() {
        assertThat(strip("module.features.0.weight", "classifier.bias"))
                .containsExactly("module.features.0.weight", "classifier.bias");
    }

    @ParameterizedTest
    @ValueSource(strings = {"model.", "model._orig_mod.", "net.module."})
    void whatLiesBesideAWrappedNetworkIsLeftOut(String run) {
        assertThat(strip("train_acc.tp", run + "features.0.weight", run + "classifier.bias", "val_auroc.thresholds"))
                .containsExactly("features.0.weight", "classifier.bias");
        assertThat(strip("train_acc.tp", run + "unknown.weight")).contains("train_acc.tp");
    }

    @Test
    void theNetworksOwnNamesAndExtrasStay() {
        WrapperNames names = new WrapperNames(Set.of("model.0.weight", "step", "a._orig_mod.b"));
        assertThat(names.strip(List.of("model.0.weight")).values()).containsExactly("model.0.weight");
        assertThat(names.strip(List.of("module.model.0.weight", "module.step")).values())
                .containsExactly("model.0.weight", "step");
        assertThat(names.strip(List.of("a._orig_mod.b")).values()).containsExactly("a._orig_mod.b");
    }

    @ParameterizedTest
    @CsvSource({
        "features._orig_mod.0.weight, features.0.weight",
        "features.0._checkpoint_wrapped_module.weight, features.0.weight",
        "backbone.features.0._orig_mod.weight, backbone.features.0.weight"
    })
    void aPartThatWasWrappedIsUnwrapped(String name, String clean) {
        assertThat(strip(name)).containsExactly(clean);
    }

    @Test
    void namesThatWouldBecomeTheSameStay() {
        assertThat(strip("a._orig_mod.b", "a.b")).containsExactly("a._orig_mod.b", "a.b");
    }

    @Test
    @Timeout(60)
    void aNameOfPrefixesAloneTakesLinearTime() {
        assertThat(strip("module.".repeat(100_000))).hasSize(1);
    }

    private static List<String> strip(String... names) {
        return List.copyOf(new WrapperNames(NETWORK).strip(List.of(names)).values());
    }
}
