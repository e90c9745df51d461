package org.initlab.experiment;

import tools.jackson.databind.JsonNode;

/**
 * A ready-made spec.
 *
 * @param name in {@code snake_case}
 * @param description what it shows
 * @param spec can be posted as it is
 */
public record Preset(String name, String description, JsonNode spec) {}
