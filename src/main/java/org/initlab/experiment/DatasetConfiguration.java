package org.initlab.experiment;

import org.initlab.platform.InitLabProperties;
import org.initlab.training.data.DatasetAddresses;
import org.initlab.training.data.DatasetCatalog;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** One catalogue for the API and the worker of a process, so that data is decoded once. */
@Configuration(proxyBeanMethods = false)
class DatasetConfiguration {
    @Bean
    DatasetCatalog datasets(InitLabProperties properties) {
        return new DatasetCatalog(properties.home().resolve("datasets"), DatasetAddresses.official());
    }
}
