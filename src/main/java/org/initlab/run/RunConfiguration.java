package org.initlab.run;

import ai.djl.Device;
import org.initlab.platform.ConditionalOnRole;
import org.initlab.platform.Role;
import org.initlab.training.Trainer;
import org.initlab.training.catalog.DatasetCatalog;
import org.initlab.training.catalog.NetworkFiles;
import org.initlab.training.catalog.WeightsCatalog;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(CheckpointProperties.class)
class RunConfiguration {

    @Bean
    @ConditionalOnRole(Role.WORKER)
    Trainer trainer(DatasetCatalog datasets, WeightsCatalog weights, NetworkFiles networks, Device device) {
        return new Trainer(datasets, weights, networks, device);
    }
}
