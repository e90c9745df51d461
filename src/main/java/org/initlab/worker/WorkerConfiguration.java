package org.initlab.worker;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import java.util.UUID;
import org.initlab.platform.ConditionalOnRole;
import org.initlab.platform.InitLabProperties;
import org.initlab.platform.Role;
import org.initlab.platform.StartupException;
import org.initlab.training.engine.PyTorch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({WorkerProperties.class, PyTorchProperties.class})
class WorkerConfiguration {
    private static final Logger log = LoggerFactory.getLogger(WorkerConfiguration.class);

    /** Loads PyTorch, which processes without the role never do. */
    @Bean
    @ConditionalOnRole(Role.WORKER)
    Device device(InitLabProperties properties, WorkerProperties worker, PyTorchProperties pytorch) {
        if (worker.tf32() != null) {
            PyTorch.allowTf32(worker.tf32());
        }
        pytorch.apply();
        try {
            Device device = PyTorch.device(properties.device());
            log.info("PyTorch {}", PyTorch.describe());
            if (!device.isGpu() && properties.device().equals("auto")) {
                UnusedGpu.warning(new NvidiaSmi(), PyTorch.hasCuda()).ifPresent(log::warn);
            }
            return device;
        } catch (EngineException | LinkageError e) {
            throw new StartupException(
                    "PyTorch cannot be loaded: "
                            + String.valueOf(e.getMessage()).lines().findFirst().orElse(""),
                    "Its libraries are unpacked into DJL_CACHE_DIR (by default .djl.ai in the user's home), which has to be"
                            + " writable, to have room, and not to be mounted noexec; set it to another folder if it is.",
                    e);
        } catch (IllegalArgumentException e) {
            throw new StartupException(
                    "initlab.device is " + properties.device() + ", but " + e.getMessage(),
                    "For a GPU, check that nvidia-smi lists it here (in a container: the NVIDIA container runtime and"
                            + " NVIDIA_VISIBLE_DEVICES) and that PyTorch's CUDA libraries are installed, as in the image's"
                            + " target cuda; or set initlab.device to cpu or auto.",
                    e);
        }
    }

    @Bean
    @ConditionalOnRole(Role.WORKER)
    Worker worker(WorkerProperties properties, Device device) {
        Worker worker = new Worker(
                UUID.randomUUID(),
                properties.name(),
                WorkerProperties.host(),
                PyTorch.name(device),
                properties.threads(),
                properties.maxAttempts(),
                properties.keepMemory());
        log.info("Worker {} trains on {}, threads: {}", worker.name(), worker.device(), worker.threads());
        return worker;
    }
}
