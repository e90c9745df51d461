package org.initlab.observe;

import ai.djl.Device;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.ToDoubleFunction;
import org.initlab.platform.ConditionalOnRole;
import org.initlab.platform.Role;
import org.initlab.training.engine.PyTorch;
import org.initlab.worker.NvidiaSmi;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Memory and utilisation of this worker's NVIDIA GPU. */
@Component
@ConditionalOnRole(Role.WORKER)
class GpuMeters {
    private final NvidiaSmi tool = new NvidiaSmi();
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
            last = read(tool, physicalId(System.getenv("CUDA_VISIBLE_DEVICES"), device.getDeviceId()));
        }
    }

    /** A reading of the device with this number or UUID; {@link GpuReading#UNKNOWN} if there is none. */
    static GpuReading read(NvidiaSmi tool, String device) {
        return tool.ask(
                        "--id=" + device,
                        "--query-gpu=utilization.gpu,memory.used,memory.total",
                        "--format=csv,noheader,nounits")
                .flatMap(GpuReading::parse)
                .orElse(GpuReading.UNKNOWN);
    }

    /** CUDA numbers only the devices that it may see, nvidia-smi all of them. */
    static String physicalId(String visibleDevices, int device) {
        String[] visible = visibleDevices == null ? new String[0] : visibleDevices.split(",");
        return device < visible.length ? visible[device].strip() : Integer.toString(device);
    }
}
