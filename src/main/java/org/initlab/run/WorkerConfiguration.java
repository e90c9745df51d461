package org.initlab.run;

import ai.djl.Device;
import org.initlab.platform.ConditionalOnRole;
import org.initlab.platform.Role;
import org.initlab.training.PyTorch;
import org.initlab.training.Trainer;
import org.initlab.training.data.DatasetCatalog;
import org.initlab.training.weights.WeightsCatalog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What a process needs to train; others never load PyTorch. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnRole(Role.WORKER)
@EnableConfigurationProperties(WorkerProperties.class)
class WorkerConfiguration {
    private static final Logger log = LoggerFactory.getLogger(WorkerConfiguration.class);

    @Bean
    Device device() {
        return PyTorch.device();
    }

    @Bean
    Trainer trainer(DatasetCatalog datasets, WeightsCatalog weights, Device device) {
        return new Trainer(datasets, weights, device);
    }

    @Bean
    Worker worker(WorkerProperties properties, Device device) {
        Worker worker =
                new Worker(properties.name(), PyTorch.name(device), properties.threads(), properties.maxAttempts());
        log.info("Worker {} trains on {} with {} threads", worker.name(), worker.device(), worker.threads());
        return worker;
    }
}
