package org.initlab.experiment.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.initlab.ServiceClient;
import org.initlab.platform.InitLabProperties;
import org.initlab.platform.ServiceTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;

/** What a spec may say of a module, and which files it may name. */
@ServiceTest
@TestPropertySource(properties = "initlab.networks.allow=true")
class ModuleSpecTest {
    @LocalServerPort
    int port;

    @Autowired
    InitLabProperties properties;

    private ServiceClient client;
    private Path networks;

    @BeforeEach
    void folder() throws IOException {
        client = new ServiceClient(port);
        networks = Files.createDirectories(properties.home().resolve("networks"));
        // an api process must not look into it
        Files.write(networks.resolve("own.pt"), new byte[] {1, 2, 3});
    }

    @Test
    void whatASpecLeavesOutIsTheDatas() {
        JsonNode model = post("\"file\": \"own.pt\"").at("/spec/model");

        assertThat(model.get("file").asString()).isEqualTo("own.pt");
        assertThat(model.get("imageSize").asInt()).isEqualTo(8);
        assertThat(model.get("weights").asString()).isEqualTo("none");
        assertThat(model.get("head").asString()).isEqualTo("on_logits");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"dropout\": 0.1",
                "\"stochasticDepth\": 0.1",
                "\"hidden\": [3]",
                "\"activation\": \"relu\"",
                "\"head\": \"replace\"",
                "\"weights\": \"mine.pth\"",
                "\"file\": \"absent.pt\"",
                "\"file\": \"../networks/../weights/own.pt\"",
                "\"file\": \"/etc/passwd\"",
                "\"file\": \"\"",
                "\"file\": null"
            })
    void whatDoesNotBelongToAModuleIsRefusedAtItsField(String field) {
        String name = field.substring(1, field.indexOf('"', 1));
        String file = name.equals("file") ? "" : ", \"file\": \"own.pt\"";

        assertThat(pointers(post(field + file))).containsExactly("/model/" + name);
    }

    @Test
    void aLinkOutOfTheFolderIsRefused() throws IOException {
        Path outside = Files.write(properties.home().resolve("outside.pt"), new byte[] {1});
        Files.createSymbolicLink(networks.resolve("link.pt"), outside);
        Files.createSymbolicLink(networks.resolve("within.pt"), networks.resolve("own.pt"));

        assertThat(post("\"file\": \"link.pt\"").at("/errors/0/detail").asString())
                .isEqualTo("The module networks/link.pt is a link to outside the networks folder; copy the file there");
        assertThat(post("\"file\": \"within.pt\"").has("id")).isTrue();
    }

    @Test
    void ofAFileForEachTrialTheFirstThatIsMissingIsNamed() throws IOException {
        Files.write(networks.resolve("seed0.pt"), new byte[] {1});
        Files.write(networks.resolve("seed1.pt"), new byte[] {1});

        assertThat(post("\"file\": \"seed{trial}.pt\"").at("/errors/0/detail").asString())
                .startsWith("The module networks/seed2.pt does not exist");
    }

    @Test
    void onlyAModuleHasAFile() {
        JsonNode refused = client.post(
                        "/experiments",
                        "{\"dataset\": {\"name\": \"digits\"}, \"model\": {\"architecture\": \"resnet18\", \"file\": \"own.pt\"}}")
                .body();

        assertThat(pointers(refused)).containsExactly("/model/file");
    }

    @Test
    void imagesOfDifferentSizesNeedASize() throws IOException {
        for (String folder : List.of("train/a", "train/b")) {
            Path images = Files.createDirectories(properties.home().resolve("datasets/mixed/" + folder));
            Files.copy(Path.of("docs/list.png"), images.resolve("1.png"));
        }
        String spec =
                """
                {"dataset": {"name": "image_folder", "path": "mixed"},
                 "model": {"architecture": "torchscript", "file": "own.pt"}}""";

        assertThat(pointers(client.post("/experiments", spec).body())).contains("/model/imageSize");
    }

    @Test
    void theCatalogueSaysWhereModulesAre() {
        JsonNode shown = client.get("/architectures")
                .body()
                .valueStream()
                .filter(architecture -> architecture.get("name").asString().equals("torchscript"))
                .findFirst()
                .orElseThrow();

        assertThat(shown.at("/module/location").asString()).isEqualTo("networks");
        assertThat(shown.at("/module/allowed").asBoolean()).isTrue();
    }

    private JsonNode post(String fields) {
        return client.post(
                        "/experiments",
                        "{\"dataset\": {\"name\": \"digits\"}, \"model\": {\"architecture\": \"torchscript\", %s}}"
                                .formatted(fields))
                .body();
    }

    private static List<String> pointers(JsonNode answer) {
        return answer.get("errors")
                .valueStream()
                .map(error -> error.get("pointer").asString())
                .toList();
    }
}
