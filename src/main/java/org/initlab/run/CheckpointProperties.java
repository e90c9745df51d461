package org.initlab.run;

import java.nio.file.Path;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * How checkpoints are kept.
 *
 * @param folder shared by all workers of one database, so that a run can go on elsewhere; {@code checkpoints} below
 *     {@code initlab.home} where none is given
 * @param interval time after which a long epoch is checkpointed within; 5 minutes where none is given
 */
@Validated
@ConfigurationProperties(prefix = "initlab.checkpoint", ignoreUnknownFields = false)
record CheckpointProperties(Path folder, @DurationMin(millis = 1) Duration interval) {
    CheckpointProperties {
        interval = interval == null ? Duration.ofMinutes(5) : interval;
    }

    /**
     * The interval of an attempt. After one that ended without a checkpoint it is a tenth, so that a worker that dies
     * again and again still gets somewhere.
     *
     * @param fruitlessAttempts attempts in a row without a checkpoint, this one included; 1 or more
     */
    Duration interval(int fruitlessAttempts) {
        return Duration.ofNanos((long) (interval.toNanos() / Math.pow(10, fruitlessAttempts - 1.0)));
    }
}
