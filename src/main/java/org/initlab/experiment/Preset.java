package org.initlab.experiment;

import com.fasterxml.jackson.annotation.JsonProperty;
import tools.jackson.databind.JsonNode;

/**
 * A ready-made spec.
 *
 * @param name in {@code snake_case}
 * @param kind what it is a spec of
 * @param description what it shows
 * @param spec can be posted as it is
 */
public record Preset(String name, Kind kind, String description, JsonNode spec) {

    /** What a spec is submitted as. */
    public enum Kind {
        @JsonProperty("experiment")
        EXPERIMENT,
        @JsonProperty("study")
        STUDY
    }
}
