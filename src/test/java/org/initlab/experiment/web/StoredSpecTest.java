package org.initlab.experiment.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.initlab.ServiceClient;
import org.initlab.platform.ServiceTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A database of the first release: its specs and plans are read, and served as they were. */
@ServiceTest
class StoredSpecTest {
    private static final String PARTS =
            """
            "dataset": {"name": "digits", "positiveClass": "8", "trainLimit": null, "testLimit": null,
              "positiveRate": null, "path": null},
            "model": {"architecture": "efficientnet_b0", "weights": "none", "imageSize": 8, "dropout": 0.2,
              "stochasticDepth": 0.2},
            "training": {"epochs": 1, "batchSize": 64, "shuffle": true,
              "optimizer": {"type": "adam", "learningRate": 0.001, "momentum": null, "weightDecay": 0.0}},
            "evaluation": {"batchSize": 256, "mode": "train"},
            "stepInterval": 10,
            """;
    /** What fields that came later are shown as. */
    private static final String LATER =
            """
            {"sampling": "natural", "clipGradientNorm": null, "precision": "float32",
             "schedule": {"type": "constant", "warmupSteps": 0, "epochs": null, "milestones": [], "factor": 0.1},
             "loss": {"type": "bce", "positiveWeight": 1.0, "labelSmoothing": 0.0}}""";

    private static final String LATER_OF_THE_MODEL =
            """
            {"head": "on_logits", "train": "all", "hidden": null, "activation": null, "file": null}""";

    private static final String LATER_OF_THE_DATASET =
            """
            {"label": null, "features": null, "exclude": null, "log": null, "clip": null, "testPath": null,
             "testShare": null, "splitSeed": null, "group": null, "augmentation": []}""";

    private static final String SPEC = "{" + PARTS
            + """
            "name": "of old", "trials": 1, "seed": 42, "priority": 0, "device": null,
            "biasInits": [{"type": "default"}, {"type": "positive_rate", "rate": 0.01}, {"type": "constant", "value": -2.2}]}""";
    private static final String PLAN = "{" + PARTS + "\"seed\": 42, \"biasInit\": {\"type\": \"zeros\"}}";

    @LocalServerPort
    int port;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    JsonMapper json;

    @Test
    void whatTheFirstReleaseStoredIsServedAsItWasWithTheDefaultsOfWhatCameLater() {
        ServiceClient client = new ServiceClient(port);
        String path = client.submit(
                "{\"dataset\": {\"name\": \"digits\"}, \"biasInits\": [{\"type\": \"default\"}], \"trials\": 1}");
        String id = path.replaceAll(".*/", "");
        jdbc.sql("update experiment set spec = ?::jsonb, revision = revision + 1 where id = ?::uuid")
                .params(SPEC, id)
                .update();
        jdbc.sql("update run set plan = ?::jsonb where experiment_id = ?::uuid")
                .params(PLAN, id)
                .update();

        JsonNode spec = client.get(path).body().get("spec");
        ObjectNode expected = ((ObjectNode) json.readTree(SPEC)).putNull("stopping");
        expected.withObject("/training").setAll((ObjectNode) json.readTree(LATER));
        expected.withObject("/model").setAll((ObjectNode) json.readTree(LATER_OF_THE_MODEL));
        expected.withObject("/dataset").setAll((ObjectNode) json.readTree(LATER_OF_THE_DATASET));
        assertThat(spec).isEqualTo(expected);
        assertThat(client.get(path + "/runs").body().at("/0/biasInit")).hasToString("{\"type\":\"zeros\"}");
        assertThat(client.get(path + "/metrics").body().at("/arms/0/biasInit/type"))
                .hasToString("\"zeros\"");
        assertThat(client.post("/experiments", spec.toString()).body().get("spec"))
                .isEqualTo(spec);
    }
}
