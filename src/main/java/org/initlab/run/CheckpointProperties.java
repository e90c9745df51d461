package org.initlab.run;

import java.nio.file.Path;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * How checkpoints are kept.
 *
 * @param folder shared by all workers of one database, so that a run can continue on another host; defaults to
 *     {@code checkpoints} in {@code initlab.home}
 * @param interval how often a long epoch is checkpointed; defaults to 5 minutes
 */
@Validated
@ConfigurationProperties(prefix = "initlab.checkpoint", ignoreUnknownFields = false)
record CheckpointProperties(@Nullable Path folder, @DurationMin(millis = 1) Duration interval) {
    CheckpointProperties {
        interval = interval == null ? Duration.ofMinutes(5) : interval;
    }
}
