package org.initlab;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.pytorch.jni.LibUtils;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.initlab.training.engine.PyTorch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which PyTorch a worker loads, and from where. */
class PyTorchOfTheMachineTest {
    @TempDir
    Path folder;

    @Test
    void theOneThatIsNamedIsLoadedAndAGpuThatItCannotUseIsNamed() throws IOException {
        Path torch = pythonsTorch();
        Path programs = fakeNvidiaSmi();
        Path home = Files.createDirectory(folder.resolve("home"));
        List<String> launcher = List.of("env", "PATH=" + programs + ":" + System.getenv("PATH"));

        try (ServiceProcess service = ServiceProcess.launchBy(
                launcher, home, "initlab.quickstart=false", "initlab.pytorch.library=" + torch)) {
            service.awaitReady();

            assertThat(Files.readString(Path.of("/proc/" + service.pid() + "/maps")))
                    .contains(torch.resolve("lib").resolve("libtorch_cpu.so").toString());
        }
        List<String> log = Files.readAllLines(home.resolve("service.log"));
        assertThat(log)
                .anyMatch(line -> line.contains("PyTorch 2.7.1 comes from " + torch.resolve("lib")))
                .anyMatch(line -> line.endsWith("PyTorch 2.7.1 for the CPU"));
        assertThat(log.stream().filter(line -> line.contains("WARN") && line.contains("GPU")))
                .singleElement()
                .asString()
                .contains("This machine has a GPU (Tesla T4)", "initlab.pytorch.library");
    }

    @Test
    void aCacheFromWhichNoLibraryLoadsEndsTheStartInWords() throws IOException {
        Path cache = Files.createDirectory(folder.resolve("cache"));
        Path home = Files.createDirectory(folder.resolve("home"));
        List<String> mount = List.of(
                "unshare", "--mount", "sh", "-c", "mount -t tmpfs -o noexec tmpfs " + cache + " && exec \"$@\"", "sh");
        List<String> probe = new ArrayList<>(mount);
        probe.add("true");
        ExternalTool.requireWorking("this machine lets its user mount nothing", probe);
        List<String> launcher = new ArrayList<>(mount);
        launcher.addAll(List.of("env", "DJL_CACHE_DIR=" + cache));

        try (ServiceProcess service = ServiceProcess.launchBy(launcher, home, "initlab.quickstart=false")) {
            assertThat(service.awaitExit()).isEqualTo(1);
        }
        assertThat(Files.readString(home.resolve("service.log")))
                .contains("APPLICATION FAILED TO START", "PyTorch cannot be loaded: ", "DJL_CACHE_DIR", "noexec")
                .doesNotContain("\tat ");
    }

    /** The libraries that come along, laid out as pip does. */
    private Path pythonsTorch() throws IOException {
        PyTorch.device("cpu");
        Path torch = Files.createDirectories(folder.resolve("site-packages/torch"));
        ExternalTool.Result copy =
                ExternalTool.run(Path.of("cp"), "-rl", LibUtils.getLibtorchPath(), torch.resolve("lib"));
        if (copy.status() != 0) {
            // of another file system
            ExternalTool.run(Path.of("cp"), "-r", LibUtils.getLibtorchPath(), torch.resolve("lib"));
        }
        Files.writeString(torch.resolve("version.py"), "__version__ = '2.7.1+cpu'\n");
        return torch;
    }

    private Path fakeNvidiaSmi() throws IOException {
        Path programs = Files.createDirectory(folder.resolve("programs"));
        Path tool =
                Files.writeString(programs.resolve("nvidia-smi"), "#!/bin/sh\necho 'GPU 0: Tesla T4 (UUID: GPU-77)'\n");
        Files.setPosixFilePermissions(tool, PosixFilePermissions.fromString("rwxr-xr-x"));
        return programs;
    }
}
