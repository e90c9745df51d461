package org.initlab.retention;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What can be removed as a whole. */
public enum Removable {
    @JsonProperty("experiment")
    EXPERIMENT,
    @JsonProperty("study")
    STUDY
}
