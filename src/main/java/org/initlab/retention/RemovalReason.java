package org.initlab.retention;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The setting because of which something goes. */
public enum RemovalReason {
    @JsonProperty("age")
    AGE,
    @JsonProperty("experiments")
    EXPERIMENTS,
    @JsonProperty("checkpoint_age")
    CHECKPOINT_AGE
}
