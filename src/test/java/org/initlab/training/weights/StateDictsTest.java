package org.initlab.training.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.initlab.training.spec.TrainingException;
import org.initlab.training.weights.StateDict.Tensor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class StateDictsTest {
    @TempDir
    Path home;

    private Path weights;

    @BeforeEach
    void makeTheFolder() throws IOException {
        weights = Files.createDirectory(home.resolve("weights"));
    }

    static Set<String> filesOfPyTorch() {
        return Golden.more().keySet();
    }

    @ParameterizedTest
    @ValueSource(strings = {"tiny_zip.pth", "tiny_legacy.pth", "tiny_nested.pth", "tiny.safetensors"})
    void theGoldenFilesReadAsPyTorchReadThem(String file) {
        Golden.assertEqual(StateDicts.read(Golden.FOLDER, file, Map.of()), Golden.tinyWithoutCounter());
    }

    /** Every type, views of shared storages, protocols, nested checkpoints with an optimizer, {@code module.} prefixes. */
    @ParameterizedTest
    @MethodSource("filesOfPyTorch")
    void whatPyTorchWritesReadsAsItReadsIt(String file) {
        Golden.assertEqual(
                StateDicts.read(Golden.MORE, file, Map.of()), Golden.more().get(file));
    }

    @Test
    void aPickledModuleIsRefusedWithItsClassAndTheWayOut() {
        assertThatThrownBy(() -> StateDicts.read(Golden.MORE, "whole_module.pth", Map.of()))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("whole_module.pth")
                .hasMessageContaining("torch.nn.modules.linear.Linear")
                .hasMessageContaining("torch.save(model.state_dict(), path)");
    }

    @Test
    void theContentDecidesTheFormatNotTheEnding() throws IOException {
        Files.copy(Golden.FOLDER.resolve("tiny_zip.pth"), weights.resolve("a.safetensors"));
        Files.copy(Golden.FOLDER.resolve("tiny.safetensors"), weights.resolve("b.PT"));
        Golden.assertEqual(StateDicts.read(weights, "a.safetensors", Map.of()), Golden.tinyWithoutCounter());
        Golden.assertEqual(StateDicts.read(weights, "b.PT", Map.of()), Golden.tinyWithoutCounter());
        for (String name : new String[] {"c", "c.ckpt", "c.pth.tar", "c.bin", "c.onnx"}) {
            Files.copy(Golden.FOLDER.resolve("tiny_legacy.pth"), weights.resolve(name));
            Golden.assertEqual(StateDicts.read(weights, name, Map.of()), Golden.tinyWithoutCounter());
        }
    }

    @Test
    void aPrefixOfOnlySomeNamesStays() throws IOException {
        write("mixed.safetensors", "module.a", "b");
        assertThat(StateDicts.read(weights, "mixed.safetensors", Map.of()).tensors())
                .containsOnlyKeys("module.a", "b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"module.", "a\u0000b", "a\nb"})
    void anUnreadableParameterNameIsRefused(String name) throws IOException {
        write("names.safetensors", name);
        assertRefused("names.safetensors", "a parameter's name");
    }

    @Test
    void aFileInASubfolderIsRead() throws IOException {
        Files.createDirectory(weights.resolve("runs"));
        Files.copy(Golden.FOLDER.resolve("tiny_zip.pth"), weights.resolve("runs/tiny.pth"));
        Golden.assertEqual(StateDicts.read(weights, "runs/tiny.pth", Map.of()), Golden.tinyWithoutCounter());
    }

    @Test
    void aPathThatLeavesTheFolderIsRefused() throws IOException {
        Path outside = Files.copy(Golden.FOLDER.resolve("tiny_zip.pth"), home.resolve("outside.pth"));
        Files.createDirectory(home.resolve("weights-2"));
        Files.createSymbolicLink(weights.resolve("link.pth"), outside);
        Files.createSymbolicLink(weights.resolve("up"), home);
        assertRefused("../outside.pth", "is outside the weights folder");
        assertRefused("runs/../../outside.pth", "is outside the weights folder");
        assertRefused("../weights-2/outside.pth", "is outside the weights folder");
        assertRefused(outside.toString(), "is outside the weights folder");
        assertRefused("link.pth", "weights/link.pth is a link to outside the weights folder");
        assertRefused("up/outside.pth", "weights/up/outside.pth is a link to outside the weights folder");
        assertRefused("a\u0000.pth", "a character that is not allowed in a path");
    }

    @Test
    void aMissingFileIsNamedWithItsFolder() throws IOException {
        Files.createDirectory(weights.resolve("folder.pth"));
        assertRefused("gone.pth", "weights/gone.pth does not exist (the path is relative to initlab.home)");
        assertRefused("folder.pth", "weights/folder.pth does not exist");
        assertRefused("", "weights/ does not exist");
    }

    @Test
    void aFileOfAnotherKindIsRefused() throws IOException {
        for (String content : new String[] {"", "P", "hello, I am no weights file", "\u0000\u0000"}) {
            Files.writeString(weights.resolve("text.pth"), content);
            assertRefused("text.pth", "neither a safetensors file nor a torch.save file");
        }
    }

    private void write(String file, String... names) throws IOException {
        Map<String, Tensor> tensors = new HashMap<>();
        for (String name : names) {
            tensors.put(name, new Tensor(new long[] {1}, new float[] {1}));
        }
        try (OutputStream out = Files.newOutputStream(weights.resolve(file))) {
            Safetensors.write(new StateDict(tensors), Map.of(), out);
        }
    }

    private void assertRefused(String name, String reason) {
        assertThatThrownBy(() -> StateDicts.read(weights, name, Map.of()))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining(reason)
                .message()
                .doesNotContain(weights.toString());
    }
}
