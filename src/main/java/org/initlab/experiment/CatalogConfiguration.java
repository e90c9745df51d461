package org.initlab.experiment;

import org.initlab.platform.InitLabProperties;
import org.initlab.training.data.DatasetAddresses;
import org.initlab.training.data.DatasetCatalog;
import org.initlab.training.weights.ImageNetWeights;
import org.initlab.training.weights.WeightsCatalog;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** One catalogue each for the API and the worker of a process, so that data is decoded once. */
@Configuration(proxyBeanMethods = false)
class CatalogConfiguration {
    @Bean
    DatasetCatalog datasets(InitLabProperties properties) {
        return new DatasetCatalog(properties.home().resolve("datasets"), DatasetAddresses.official());
    }

    @Bean
    WeightsCatalog weights(InitLabProperties properties) {
        return new WeightsCatalog(properties.home().resolve("weights"), ImageNetWeights.OFFICIAL_ADDRESS);
    }
}
