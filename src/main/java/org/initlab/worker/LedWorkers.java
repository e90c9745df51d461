package org.initlab.worker;

import java.util.List;
import java.util.stream.IntStream;
import org.initlab.platform.InitLabProperties;
import org.initlab.platform.StartupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * The worker processes of a service that was given several devices, one for each: a process trains one run at a time.
 *
 * <p>They start when the service is ready and end before it closes its database.
 */
@Component
class LedWorkers implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(LedWorkers.class);

    private final InitLabProperties properties;
    private final WorkerCommand command;
    private final ApplicationContext context;
    private List<LedWorker> workers = List.of();

    LedWorkers(InitLabProperties properties, WorkerCommand command, ApplicationContext context) {
        this.properties = properties;
        this.command = command;
        this.context = context;
    }

    @Override
    public boolean isAutoStartup() {
        return properties.leadsWorkers();
    }

    @Override
    public void start() {
        List<String> devices = devices(properties.device(), new NvidiaSmi());
        workers = command.forEach(devices, this::giveUp);
        log.info("Starting a worker process each for {}", String.join(", ", devices));
        workers.forEach(LedWorker::keepRunning);
    }

    /** The devices of a setting that names several, in its order. */
    static List<String> devices(String setting, NvidiaSmi tool) {
        if (!setting.equals("all")) {
            return List.of(setting.split("\\s*,\\s*"));
        }
        int gpus = tool.gpus().size();
        if (gpus == 0) {
            throw new StartupException(
                    "initlab.device is all, but nvidia-smi lists no GPU here.",
                    "Check the NVIDIA driver (in a container: the NVIDIA container runtime and NVIDIA_VISIBLE_DEVICES);"
                            + " or set initlab.device to cpu or auto.");
        }
        return IntStream.range(0, gpus).mapToObj(gpu -> "cuda:" + gpu).toList();
    }

    /** A service that starts without what it was asked for would be found out days later. */
    private void giveUp() {
        log.error("A worker did not start for the reason given above, so the service ends");
        System.exit(SpringApplication.exit(context, () -> 1));
    }

    @Override
    public void stop() {
        workers.forEach(LedWorker::stop);
        try {
            for (LedWorker worker : workers) {
                worker.awaitEnd();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        workers = List.of();
    }

    @Override
    public boolean isRunning() {
        return !workers.isEmpty();
    }
}
