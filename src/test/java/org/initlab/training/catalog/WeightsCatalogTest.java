package org.initlab.training.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.initlab.training.spec.ModelSpec;
import org.initlab.training.spec.TrainingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WeightsCatalogTest {
    private static final String V1 = "efficientnet_b1_rwightman-bac287d4.pth";

    @TempDir
    Path folder;

    @Test
    void weightsOfAnotherArchitectureAndMissingFilesAreRefused() {
        WeightsCatalog catalog = new WeightsCatalog(folder, URI.create("http://localhost:1/"));
        ModelSpec other = new ModelSpec("efficientnet_b0", V1, null, null, null);

        assertThatThrownBy(() -> catalog.check(other))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("holds weights for efficientnet_b1, not efficientnet_b0");
        assertThatThrownBy(() -> catalog.check(model("mine.pth", null)))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("mine.pth does not exist");
        assertThatCode(() -> catalog.check(model("imagenet", null))).doesNotThrowAnyException();
        assertThat(catalog.load(model("none", 32), () -> {})).isEmpty();
    }

    @Test
    void aNameThatLeavesTheFolderIsRefusedBeforeItIsLookedFor(@TempDir Path home) throws IOException {
        Path weights = Files.createDirectory(home.resolve("weights"));
        Files.createSymbolicLink(weights.resolve("link.pth"), Files.createFile(home.resolve("outside.pth")));
        WeightsCatalog catalog = new WeightsCatalog(weights, URI.create("http://localhost:1/"));

        for (String name : new String[] {
            "../outside.pth", "../gone.pth", home.resolve("outside.pth").toString()
        }) {
            assertThatThrownBy(() -> catalog.check(model(name, null)))
                    .isInstanceOf(TrainingException.class)
                    .hasMessageContaining("is outside the weights folder");
        }
        assertThatThrownBy(() -> catalog.check(model("link.pth", null)))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("weights/link.pth is a link to outside the weights folder");
    }

    private static ModelSpec model(String weights, Integer imageSize) {
        return new ModelSpec("efficientnet_b1", weights, imageSize, null, null);
    }
}
