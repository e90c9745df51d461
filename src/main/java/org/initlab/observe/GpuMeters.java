package org.initlab.observe;

import ai.djl.Device;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.ToDoubleFunction;
import org.initlab.platform.ConditionalOnRole;
import org.initlab.platform.Role;
import org.initlab.training.engine.PyTorch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Memory and utilisation of this worker's NVIDIA GPU, asked of the driver's own tool, which comes with every driver. */
@Component
@ConditionalOnRole(Role.WORKER)
class GpuMeters {
    private static final Logger log = LoggerFactory.getLogger(GpuMeters.class);

    private final Device device;
    private volatile GpuReading last = GpuReading.UNKNOWN;

    GpuMeters(Device device, MeterRegistry registry) {
        this.device = device;
        if (device.isGpu()) {
            gauge(registry, "utilization", "ratio", "Share of time in which the GPU computed", GpuReading::utilisation);
            gauge(registry, "memory.used", "bytes", "Memory of the GPU in use", GpuReading::usedBytes);
            gauge(registry, "memory.total", "bytes", "Memory of the GPU", GpuReading::totalBytes);
        }
    }

    private void gauge(
            MeterRegistry registry, String name, String unit, String description, ToDoubleFunction<GpuReading> value) {
        Gauge.builder("initlab.device." + name, () -> value.applyAsDouble(last))
                .tag("device", PyTorch.name(device))
                .baseUnit(unit)
                .description(description)
                .register(registry);
    }

    @Scheduled(fixedDelayString = "PT10S")
    void refresh() {
        if (device.isGpu()) {
            try {
                last = read();
            } catch (IOException e) {
                last = GpuReading.UNKNOWN;
                log.debug("nvidia-smi cannot be run", e);
            }
        }
    }

    private GpuReading read() throws IOException {
        Process tool = new ProcessBuilder(
                        "nvidia-smi",
                        "--id=" + physicalId(System.getenv("CUDA_VISIBLE_DEVICES"), device.getDeviceId()),
                        "--query-gpu=utilization.gpu,memory.used,memory.total",
                        "--format=csv,noheader,nounits")
                .redirectErrorStream(true)
                .start();
        try (InputStream out = tool.getInputStream()) {
            return GpuReading.parse(new String(out.readAllBytes(), StandardCharsets.US_ASCII))
                    .orElse(GpuReading.UNKNOWN);
        }
    }

    /** CUDA numbers the devices that it was left, nvidia-smi all of them. */
    static String physicalId(String visibleDevices, int device) {
        String[] visible = visibleDevices == null ? new String[0] : visibleDevices.split(",");
        return device < visible.length ? visible[device].strip() : Integer.toString(device);
    }
}
