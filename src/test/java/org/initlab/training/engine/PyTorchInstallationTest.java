package org.initlab.training.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PyTorchInstallationTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "site-packages/torch/lib, site-packages",
        "site-packages/torch/lib, site-packages/torch",
        "site-packages/torch/lib, site-packages/torch/lib",
        "libtorch/lib, libtorch",
        "libtorch/lib, libtorch/lib"
    })
    void theLibrariesAreFoundFromAnyFolderAboveThem(String libraries, String named) throws IOException {
        Path lib = libraries(libraries);
        Files.writeString(
                lib.resolveSibling("version.py"), "from typing import Optional\n__version__ = '2.7.1+cu126'\n");

        assertThat(PyTorchInstallation.in(folder.resolve(named)))
                .isEqualTo(new PyTorchInstallation(lib, "2.7.1", false));
    }

    @Test
    void anUnpackedLibtorchTellsItsVersionInAFileOfItsOwn() throws IOException {
        Path lib = libraries("libtorch/lib");
        Files.writeString(lib.resolveSibling("build-version"), "2.11.0+cu130\n");
        Files.createFile(lib.resolve(System.mapLibraryName("torch_cuda")));

        PyTorchInstallation found = PyTorchInstallation.in(folder.resolve("libtorch"));

        assertThat(found).isEqualTo(new PyTorchInstallation(lib, "2.11.0", true));
        assertThat(found.fitsBundledBridge()).isFalse();
    }

    @Test
    void djlTellsItInTheNameOfTheFolder() throws IOException {
        Path lib = libraries("2.7.1-20250812-cpu-linux-x86_64");

        assertThat(PyTorchInstallation.in(lib).version()).isEqualTo("2.7.1");
        assertThat(PyTorchInstallation.in(lib).fitsBundledBridge()).isTrue();
    }

    @Test
    void aFolderWithoutLibrariesIsNone() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PyTorchInstallation.in(folder))
                .withMessageContainingAll("there is no libtorch", "lib or torch/lib");
        assertThatIllegalArgumentException().isThrownBy(() -> PyTorchInstallation.in(folder.resolve("gone")));
    }

    @Test
    void librariesOfAnUnknownVersionAreNotTried() throws IOException {
        Path lib = libraries("libtorch/lib");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> PyTorchInstallation.in(lib))
                .withMessageContaining("its version is unknown");
    }

    @Test
    void anotherVersionNeedsABridgeOfItsOwn() throws IOException {
        PyTorchInstallation other = new PyTorchInstallation(libraries("libtorch/lib"), "2.11.0", false);
        Path gone = folder.resolve("gone.so");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> other.use(null))
                .withMessage("it is PyTorch 2.11.0, and the bridge to it is compiled for 2.7.1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> other.use(gone))
                .withMessage("initlab.pytorch.bridge is " + gone + ", which cannot be read");
        // this process keeps its own
        assertThat(System.getProperty("PYTORCH_LIBRARY_PATH")).isNull();
    }

    private Path libraries(String path) throws IOException {
        Path libraries = Files.createDirectories(folder.resolve(path));
        Files.createFile(libraries.resolve(System.mapLibraryName("torch")));
        return libraries;
    }
}
