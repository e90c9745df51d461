package org.initlab.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NvidiaSmiTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    @TempDir
    Path folder;

    @Test
    void whatTheToolPrintsIsItsAnswer() throws IOException {
        NvidiaSmi tool = new NvidiaSmi(script("echo \"$2 of $1\""), LONG);

        assertThat(tool.ask("--id=3", "memory")).contains("memory of --id=3\n");
    }

    @Test
    void theGpusAreListedByName() throws IOException {
        NvidiaSmi tool = new NvidiaSmi(
                script("test \"$1\" = --list-gpus && echo 'GPU 0: NVIDIA H100 80GB HBM3 (UUID: GPU-5a1b)'"
                        + " && echo 'GPU 1: Tesla T4 (UUID: GPU-77)'"),
                LONG);

        assertThat(tool.gpus()).containsExactly("NVIDIA H100 80GB HBM3", "Tesla T4");
    }

    @Test
    void aDriverWithoutAGpuListsNone() throws IOException {
        assertThat(new NvidiaSmi(script("echo 'No devices were found'"), LONG).gpus())
                .isEmpty();
        assertThat(new NvidiaSmi(script("echo 'Failed to initialize NVML'; exit 9"), LONG).gpus())
                .isEmpty();
    }

    @Test
    void aToolThatHangsIsEndedAndSaysNothing() throws IOException {
        String program = script("echo $$ > \"$(dirname \"$0\")/pid\"; exec sleep 600");

        assertThat(new NvidiaSmi(program, Duration.ofMillis(500)).ask()).isEmpty();
        long pid = Long.parseLong(Files.readString(folder.resolve("pid")).strip());
        await().until(() -> ProcessHandle.of(pid).isEmpty());
    }

    @Test
    void withoutTheToolNothingIsKnown() {
        assertThat(new NvidiaSmi("no-such-tool", LONG).ask()).isEmpty();
        assertThat(new NvidiaSmi("no-such-tool", LONG).gpus()).isEmpty();
    }

    @Test
    void aGpuThatPyTorchDoesNotFindIsNamedWithWhatToDo() throws IOException {
        NvidiaSmi tool = new NvidiaSmi(script("echo 'GPU 0: Tesla T4 (UUID: GPU-77)'"), LONG);

        assertThat(UnusedGpu.warning(tool, false).orElseThrow())
                .contains("has a GPU (Tesla T4)", "initlab.pytorch.library", "-Pcuda", "initlab.device=cpu")
                .doesNotContain("driver", "\n");
        assertThat(UnusedGpu.warning(tool, true).orElseThrow())
                .contains("has a GPU (Tesla T4)", "driver", "CUDA_VISIBLE_DEVICES", "initlab.device=cpu")
                .doesNotContain("-Pcuda", "\n");
        assertThat(UnusedGpu.warning(new NvidiaSmi("no-such-tool", LONG), false))
                .isEmpty();
    }

    private String script(String body) throws IOException {
        Path script = folder.resolve("nvidia-smi");
        Files.writeString(script, "#!/bin/sh\n" + body + "\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
        return script.toString();
    }
}
