package org.initlab.retention;

import jakarta.validation.constraints.Positive;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * How long finished experiments stay; for ever by default.
 *
 * @param age how long an experiment stays after it has finished; {@code null} for ever
 * @param experiments how many finished experiments stay, the newest; {@code null} for all
 * @param checkpointAge how long the checkpoints of a finished experiment stay; {@code null} as long as itself
 * @param interval how often the service looks; defaults to 1 hour
 */
@Validated
@ConfigurationProperties(prefix = "initlab.retention", ignoreUnknownFields = false)
record RetentionProperties(
        @Nullable @DurationMin(seconds = 0) Duration age,
        @Nullable @Positive Integer experiments,
        @Nullable @DurationMin(seconds = 0) Duration checkpointAge,
        @DurationMin(millis = 1) Duration interval) {
    RetentionProperties {
        interval = interval == null ? Duration.ofHours(1) : interval;
    }

    boolean isOn() {
        return age != null || experiments != null || checkpointAge != null;
    }
}
