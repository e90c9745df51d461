package org.initlab.observe;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GpuReadingTest {
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

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {"none, 0, 0", "3, 0, 3", "'GPU-1, GPU-2', 1, GPU-2", "0, 1, 1"})
    void theToolIsAskedForTheDeviceByItsNumberAmongAll(String visible, int device, String expected) {
        assertThat(GpuMeters.physicalId(visible, device)).isEqualTo(expected);
    }
}
