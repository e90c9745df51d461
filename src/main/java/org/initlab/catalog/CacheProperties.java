package org.initlab.catalog;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Where decoded images are kept.
 *
 * @param folder on a disk of this host, and shared by its processes; {@code cache} in {@code initlab.home} by default
 * @param limit how much it may take before what was used least recently is removed; 20 GB by default
 */
@Validated
@ConfigurationProperties(prefix = "initlab.cache", ignoreUnknownFields = false)
record CacheProperties(@Nullable Path folder, DataSize limit) {
    CacheProperties {
        limit = limit == null ? DataSize.ofGigabytes(20) : limit;
    }
}
