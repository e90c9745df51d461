package org.initlab.training.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.initlab.ExternalTool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The shipped TorchScript against the Python next to it; {@code INITLAB_PYTHON} names a Python with PyTorch;
 * {@code python3} by default.
 */
class TorchScriptSourceTest {
    private static final Path TRAINING = Path.of("src/main/resources/org/initlab/training");

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "engine/pinned",
                "network/layers/silu",
                "network/layers/hardswish",
                "network/layers/program",
                "network/scripted/usage",
                "optimizer/optimizers"
            })
    void thePythonNextToAModuleGeneratesItsCode(String name) throws IOException {
        String configured = System.getenv("INITLAB_PYTHON");
        Path python = configured == null ? ExternalTool.require("python3") : Path.of(configured);
        assumeThat(ExternalTool.run(python, "-c", "import torch").status())
                .as("skipped: this Python has no PyTorch; name another with INITLAB_PYTHON")
                .isZero();
        ExternalTool.Result written = ExternalTool.run(python, TRAINING.resolve(name + ".py"), folder);
        assertThat(written.status()).as(written.output()).isZero();
        try (Stream<Path> modules = Files.list(folder)) {
            assertThat(modules.toList()).isNotEmpty().allSatisfy(module -> assertThat(code(module))
                    .isNotEmpty()
                    .isEqualTo(code(TRAINING.resolve(name).resolveSibling(module.getFileName()))));
        }
    }

    /** {@code torch.jit} keeps the path of every line's source file, which a {@code zip -d FILE '*.debug_pkl'} takes out. */
    @Test
    void noShippedModuleNamesPlacesOfTheMachineItWasMadeOn() throws IOException {
        try (Stream<Path> files = Files.walk(TRAINING)) {
            List<Path> modules =
                    files.filter(file -> file.toString().endsWith(".pt")).toList();
            assertThat(modules).isNotEmpty().allSatisfy(module -> {
                try (ZipFile zip = new ZipFile(module.toFile())) {
                    assertThat(zip.stream().map(ZipEntry::getName)).noneMatch(name -> name.endsWith(".debug_pkl"));
                }
            });
        }
    }

    /** The module's Python by its place in the archive; the archive's own name and PyTorch's version differ. */
    private static Map<String, String> code(Path module) throws IOException {
        try (ZipFile zip = new ZipFile(module.toFile())) {
            return zip.stream()
                    .filter(entry -> entry.getName().matches("[^/]+/code/.*\\.py"))
                    .collect(Collectors.toMap(
                            entry -> entry.getName().substring(entry.getName().indexOf('/')),
                            entry -> {
                                try {
                                    return new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8);
                                } catch (IOException e) {
                                    throw new UncheckedIOException(e);
                                }
                            },
                            (one, other) -> one,
                            TreeMap::new));
        }
    }
}
