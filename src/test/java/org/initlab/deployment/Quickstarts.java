package org.initlab.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import org.initlab.ServiceClient;
import tools.jackson.databind.JsonNode;

/** What a service queues by itself on an empty database. */
final class Quickstarts {
    private Quickstarts() {}

    /** Checks that it is there once, and cancels it, so that workers are free for what a test posts. */
    static void cancelTheOnly(ServiceClient client) {
        JsonNode experiments = client.get("/experiments").body().get("content");
        assertThat(experiments
                        .valueStream()
                        .map(experiment -> experiment.get("name").asString()))
                .containsExactly("quickstart: zero or not");
        client.post(experiments.at("/0/links/self").asString() + "/cancel", "");
    }
}
