package org.initlab.queue;

import jakarta.validation.constraints.Positive;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * The queue's settings.
 *
 * @param limit runs that may wait; 20,000 where none is given
 */
@Validated
@ConfigurationProperties(prefix = "initlab.queue", ignoreUnknownFields = false)
record QueueProperties(@Positive Integer limit) {
    QueueProperties {
        limit = limit == null ? 20_000 : limit;
    }
}
