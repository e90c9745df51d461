package org.initlab.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.initlab.worker.NvidiaSmi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GpuReadingTest {
    @TempDir
    Path folder;

    @Test
    void aLineOfTheDriversToolIsAShareAndBytes() {
        assertThat(GpuReading.parse("87, 10240, 24564\n"))
                .contains(new GpuReading(0.87, 10_737_418_240.0, 25_757_220_864.0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "No devices were found",
                "[N/A], 10240, 24564",
                "NVIDIA-SMI has failed",
                "87, 10240, 24564, 1"
            })
    void whatElseItSaysIsNoReading(String text) {
        assertThat(GpuReading.parse(text)).isEmpty();
    }

    @Test
    void theToolIsAskedForOneDevice() throws IOException {
        Path program = Files.writeString(
                folder.resolve("nvidia-smi"), "#!/bin/sh\ntest \"$1\" = --id=3 && echo 87, 10240, 24564\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        NvidiaSmi tool = new NvidiaSmi(program.toString(), Duration.ofMinutes(1));

        assertThat(GpuMeters.read(tool, "3").utilisation()).isEqualTo(0.87);
        assertThat(GpuMeters.read(tool, "4")).isEqualTo(GpuReading.UNKNOWN);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {"none, 0, 0", "3, 0, 3", "'GPU-1, GPU-2', 1, GPU-2", "0, 1, 1"})
    void theToolIsAskedForTheDeviceByItsNumberAmongAll(String visible, int device, String expected) {
        assertThat(GpuMeters.physicalId(visible, device)).isEqualTo(expected);
    }
}
