package org.initlab.training.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.initlab.training.network.Architecture;
import org.initlab.training.network.NetworkTensors;
import org.initlab.training.spec.ModelSpec;
import org.initlab.training.spec.TrainingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class WeightsCatalogTest {
    private static final String V1 = "efficientnet_b1_rwightman-bac287d4.pth";

    @TempDir
    Path folder;

    @Test
    void weightsOfAnotherArchitectureAndMissingFilesAreRefused() {
        WeightsCatalog catalog = new WeightsCatalog(folder, URI.create("http://localhost:1/"));
        ModelSpec other = new ModelSpec("efficientnet_b0", V1, null, null, null);

        assertThatThrownBy(() -> catalog.check(other, null))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("holds weights for efficientnet_b1, not efficientnet_b0");
        assertThatThrownBy(() -> catalog.check(model("mine.pth", null), null))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("mine.pth does not exist");
        assertThatCode(() -> catalog.check(model("imagenet", null), null)).doesNotThrowAnyException();
        assertThat(catalog.load(model("none", 32), null, () -> {})).isEmpty();
    }

    @Test
    void aNameThatLeavesTheFolderIsRefusedBeforeItIsLookedFor(@TempDir Path home) throws IOException {
        Path weights = Files.createDirectory(home.resolve("weights"));
        Files.createSymbolicLink(weights.resolve("link.pth"), Files.createFile(home.resolve("outside.pth")));
        WeightsCatalog catalog = new WeightsCatalog(weights, URI.create("http://localhost:1/"));

        for (String name : new String[] {
            "../outside.pth", "../gone.pth", home.resolve("outside.pth").toString()
        }) {
            assertThatThrownBy(() -> catalog.check(model(name, null), null))
                    .isInstanceOf(TrainingException.class)
                    .hasMessageContaining("is outside the weights folder");
        }
        assertThatThrownBy(() -> catalog.check(model("link.pth", null), null))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("weights/link.pth is a link to outside the weights folder");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "_orig_mod.", "module._orig_mod.", "model."})
    void aFileThatFitsIsFoundToByItsHeader(String prefix) throws IOException {
        write("mine", prefix, 1000);
        assertThat(catalog().check(new ModelSpec("resnet18", "mine", null, null, null), null))
                .isEmpty();
    }

    @Test
    void aFileThatDoesNotFitIsRefusedWithBothSidesNamesUntilItChanges() throws IOException {
        write("mine.ckpt", "encoder.", 1000);
        WeightsCatalog catalog = catalog();
        ModelSpec spec = new ModelSpec("resnet18", "mine.ckpt", null, null, null);
        for (int time = 0; time < 2; time++) {
            assertThatThrownBy(() -> catalog.check(spec, null))
                    .isInstanceOf(TrainingException.class)
                    .hasMessageContaining("mine.ckpt")
                    .hasMessageContaining("conv1.weight is missing")
                    .hasMessageContaining("The file's own names are encoder.")
                    .hasMessageContaining("the network's are conv1.weight, ");
        }
        assertThatThrownBy(() -> catalog.load(spec, null, () -> {})).hasMessageContaining("conv1.weight is missing");

        write("mine.ckpt", "", 10);
        assertThatThrownBy(() -> catalog.check(spec, null))
                .hasMessageContaining("fc.weight has shape [10, 512] instead of [1000, 512]");
        write("mine.ckpt", "", 1000);
        assertThat(catalog.check(spec, null)).isEmpty();
        assertThatThrownBy(() -> catalog.check(new ModelSpec("resnet34", "mine.ckpt", null, null, null), null))
                .hasMessageContaining("layer1.2.conv1.weight is missing");
    }

    @Test
    void aFileOfAnotherNumberOfClassesFitsANetworkWhoseLastLayerIsReplaced() throws IOException {
        ModelSpec replaced =
                new ModelSpec("resnet18", "mine", null, null, null, ModelSpec.Head.REPLACE, null, null, null);
        ModelSpec onLogits = new ModelSpec("resnet18", "mine", null, null, null);
        WeightsCatalog catalog = catalog();
        for (int classes : new int[] {1, 10, 1000}) {
            write("mine", "", classes);
            assertThat(catalog.check(replaced, null)).isEmpty();
        }
        assertThat(catalog.check(onLogits, null)).isEmpty();
        write("mine", "", 1);
        assertThatThrownBy(() -> catalog.check(onLogits, null))
                .hasMessageContaining("fc.weight has shape [1, 512] instead of [1000, 512]");
        assertThat(catalog.check(replaced, null)).isEmpty();
    }

    private WeightsCatalog catalog() {
        return new WeightsCatalog(folder, URI.create("http://localhost:1/"));
    }

    /** A safetensors file of resnet18's names and shapes, whose data is a hole on the disk. */
    private void write(String file, String prefix, int classes) throws IOException {
        Architecture resnet = NetworkCatalog.named("resnet18").orElseThrow();
        Map<String, Object> header = new LinkedHashMap<>();
        long end = 0;
        for (Map.Entry<String, long[]> entry :
                NetworkTensors.of(resnet, resnet.defaults(), null).shapes().entrySet()) {
            long[] shape = entry.getValue().clone();
            if (entry.getKey().startsWith("backbone.")) {
                String name = entry.getKey().substring("backbone.".length());
                shape[0] = name.startsWith("fc.") ? classes : shape[0];
                long begin = end;
                end += 4 * Arrays.stream(shape).reduce(1, (one, other) -> one * other);
                header.put(
                        prefix + name, Map.of("dtype", "F32", "shape", shape, "data_offsets", new long[] {begin, end}));
            }
        }
        byte[] json = JsonMapper.shared().writeValueAsBytes(header);
        try (RandomAccessFile out = new RandomAccessFile(folder.resolve(file).toFile(), "rw")) {
            out.write(ByteBuffer.allocate(8)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(json.length)
                    .array());
            out.write(json);
            out.setLength(8 + json.length + end);
        }
    }

    private static ModelSpec model(String weights, Integer imageSize) {
        return new ModelSpec("efficientnet_b1", weights, imageSize, null, null);
    }
}
