package org.initlab.catalog;

import java.nio.file.Path;
import org.initlab.platform.InitLabProperties;
import org.initlab.platform.Role;
import org.initlab.platform.WritableFolder;
import org.initlab.training.catalog.DatasetCatalog;
import org.initlab.training.catalog.NetworkFiles;
import org.initlab.training.catalog.WeightsCatalog;
import org.initlab.training.data.cache.RowCache;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** One catalogue of each kind, shared by the API and the worker of a process, so that data is decoded once. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({CacheProperties.class, DownloadProperties.class, NetworkProperties.class})
class CatalogConfiguration {
    @Bean
    DatasetCatalog datasets(InitLabProperties properties, DownloadProperties downloads, CacheProperties cache) {
        Path folder = cache.folder() == null ? properties.home().resolve("cache") : cache.folder();
        if (properties.does(Role.WORKER)) {
            WritableFolder.require(
                    folder, "The cache", "initlab.cache.folder", "best on a fast disk of the worker's own host");
        }
        return new DatasetCatalog(
                properties.home().resolve("datasets"),
                downloads.datasets(),
                new RowCache(folder, cache.limit().toBytes()));
    }

    @Bean
    WeightsCatalog weights(InitLabProperties properties, DownloadProperties downloads) {
        return new WeightsCatalog(properties.home().resolve("weights"), downloads.imageNetWeights());
    }

    @Bean
    NetworkFiles networks(InitLabProperties properties, NetworkProperties networks) {
        return new NetworkFiles(properties.home().resolve("networks"), networks.allow());
    }
}
