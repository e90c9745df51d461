package org.initlab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.initlab.platform.database.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Settings that are well-formed, but name what this machine does not have: they end the start with what to do. */
@ExtendWith(OutputCaptureExtension.class)
class RefusedStartTest {
    @TempDir
    Path folder;

    @Test
    void aFolderWithoutPyTorch(CapturedOutput output) {
        refused("initlab.pytorch.library=" + folder);

        assertThat(output.getOut())
                .contains("initlab.pytorch.library is " + folder + ", but there is no libtorch.so in it")
                .contains("pip install torch==2.7.1");
    }

    @Test
    void aPyTorchThatTheBridgeIsNotCompiledFor(CapturedOutput output) throws IOException {
        refused("initlab.pytorch.library=" + torch("2.11.0"));

        assertThat(output.getOut())
                .contains("but it is PyTorch 2.11.0, and the bridge to it is compiled for 2.7.1")
                .contains("initlab.pytorch.bridge");
    }

    @Test
    void aCheckpointFolderThatIsNone(CapturedOutput output) throws IOException {
        Path file = Files.createFile(folder.resolve("checkpoints"));

        refused("initlab.checkpoint.folder=" + file);

        assertThat(output.getOut())
                .contains("Checkpoints cannot be written to " + file + " (there is a file of this name)")
                .contains("set initlab.checkpoint.folder to another one");
    }

    @Test
    void aCacheFolderThatIsNone(CapturedOutput output) throws IOException {
        Path file = Files.createFile(folder.resolve("cache"));

        refused("initlab.cache.folder=" + file);

        assertThat(output.getOut())
                .contains("The cache cannot be written to " + file + " (there is a file of this name)")
                .contains("set initlab.cache.folder to another one");
    }

    private Path torch(String version) throws IOException {
        Path lib = Files.createDirectories(folder.resolve("torch/lib"));
        Files.createFile(lib.resolve("libtorch.so"));
        Files.writeString(lib.resolveSibling("version.py"), "__version__ = '" + version + "+cu130'\n");
        return lib.getParent();
    }

    private void refused(String... settings) {
        SpringApplication service = new SpringApplication(InitLabApplication.class);
        service.addInitializers(new TestDatabase());
        service.setRegisterShutdownHook(false);
        String[] arguments = new String[settings.length + 2];
        arguments[0] = "--server.port=0";
        arguments[1] = "--initlab.quickstart=false";
        for (int i = 0; i < settings.length; i++) {
            arguments[i + 2] = "--" + settings[i];
        }

        assertThatThrownBy(() -> service.run(arguments).close()).isNotNull();
    }
}
