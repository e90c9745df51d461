package org.initlab.observe;

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
    void theToolsLineIsRead() throws IOException {
        String program = script("test \"$1\" = --id=3 && echo 87, 10240, 24564");

        assertThat(new NvidiaSmi(program, LONG).read("3").utilisation()).isEqualTo(0.87);
        assertThat(new NvidiaSmi(program, LONG).read("4")).isEqualTo(GpuReading.UNKNOWN);
    }

    @Test
    void aToolThatHangsIsEndedAndSaysNothing() throws IOException {
        String program = script("echo $$ > \"$(dirname \"$0\")/pid\"; exec sleep 600");

        assertThat(new NvidiaSmi(program, Duration.ofMillis(500)).read("0")).isEqualTo(GpuReading.UNKNOWN);
        long pid = Long.parseLong(Files.readString(folder.resolve("pid")).strip());
        await().until(() -> ProcessHandle.of(pid).isEmpty());
    }

    @Test
    void withoutTheToolNothingIsKnown() {
        assertThat(new NvidiaSmi("no-such-tool", LONG).read("0")).isEqualTo(GpuReading.UNKNOWN);
    }

    private String script(String body) throws IOException {
        Path script = folder.resolve("nvidia-smi");
        Files.writeString(script, "#!/bin/sh\n" + body + "\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
        return script.toString();
    }
}
