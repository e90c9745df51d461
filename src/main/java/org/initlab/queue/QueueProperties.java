package org.initlab.queue;

import jakarta.validation.constraints.Positive;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * The queue's settings.
 *
 * @param limit how many runs may wait; defaults to 20,000
 */
@Validated
@ConfigurationProperties(prefix = "initlab.queue", ignoreUnknownFields = false)
record QueueProperties(@Positive Integer limit) {
    QueueProperties {
        limit = limit == null ? 20_000 : limit;
    }
}
