package org.initlab.platform.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.initlab.ApiContract;
import org.initlab.ServiceClient;
import org.initlab.ServiceClient.Answer;
import org.initlab.platform.ServiceTest;
import org.initlab.results.Measurements;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** The description itself; {@link ApiContract} holds all other tests' answers to it. */
@ServiceTest
class OpenApiTest {
    @LocalServerPort
    int port;

    @Autowired
    JdbcClient jdbc;

    @TempDir
    Path folder;

    ServiceClient client;
    JsonNode document;

    @BeforeEach
    void read() {
        client = new ServiceClient(port);
        document = client.get("/v3/api-docs").body();
    }

    @Test
    void everyOperationHasANameASummaryAndExamples() {
        assertThat(document.get("openapi").asString()).startsWith("3.1");
        List<String> ids = new ArrayList<>();
        forEachOperation((name, operation) -> {
            ids.add(operation.get("operationId").asString());
            assertThat(operation.path("summary").asString("")).as(name).isNotBlank();
            assertThat(operation.get("responses").propertyNames())
                    .as(name)
                    .contains("400", "401", "403", "406", "429", "503");
        });
        assertThat(ids).hasSizeGreaterThan(20).doesNotHaveDuplicates();
        assertThat(String.join(" ", ids)).doesNotContain("_");
    }

    @Test
    void everyBodyHasAnExampleThatItsSchemaAllows() {
        ApiContract contract = new ApiContract(document.deepCopy());
        List<JsonNode> bodies = new ArrayList<>(
                document.at("/components/responses").valueStream().toList());
        forEachOperation((name, operation) -> {
            bodies.addAll(operation.get("responses").valueStream().toList());
            bodies.add(operation.path("requestBody"));
        });
        for (JsonNode webhook : document.get("webhooks")) {
            bodies.add(webhook.at("/post/requestBody"));
        }
        int examples = 0;
        for (JsonNode body : bodies) {
            for (JsonNode media : body.path("content")) {
                assertThat(media.has("example")).as(media.toString()).isTrue();
                assertThat(contract.schema(media.get("schema")).validate(media.get("example")))
                        .as(media.toString())
                        .isEmpty();
                examples++;
            }
        }
        assertThat(examples).isGreaterThan(30);
    }

    @Test
    void whatIsSentIsDescribedToo() {
        JsonNode webhooks = document.get("webhooks");
        assertThat(webhooks.propertyNames()).containsExactlyInAnyOrder("experiment.ended", "study.ended");
        assertThat(webhooks.at("/study.ended/post/requestBody/content/application~1json/schema/$ref")
                        .asString())
                .isEqualTo("#/components/schemas/StudyMessage");
        assertThat(webhooks.at("/study.ended/post/parameters").valueStream())
                .extracting(header -> header.get("name").asString())
                .containsExactly("webhook-id", "webhook-timestamp", "webhook-signature");
        assertThat(document.at("/components/schemas/StudyEnd/required").toString())
                .contains("\"arm\"");
    }

    @Test
    void aBodysSchemaIsThatOfTheRecordThatReadsIt() {
        assertThat(document.at("/components/schemas/ExperimentSpec/required").toString())
                .isEqualTo("[\"dataset\"]");
        assertThat(document.at("/components/schemas/ExperimentSpec/properties/trials/maximum")
                        .asInt())
                .isEqualTo(1000);
        assertThat(document.at("/components/schemas/ExperimentSpec/additionalProperties")
                        .asBoolean(true))
                .isFalse();
    }

    @Test
    void whatHoldsForEveryOperationIsSaidOfEach() {
        forEachOperation((name, operation) -> {
            boolean reads = name.startsWith("get ");
            List<String> headers = operation
                    .path("parameters")
                    .valueStream()
                    .filter(parameter -> parameter.get("in").asString().equals("header"))
                    .map(parameter -> parameter.get("name").asString())
                    .toList();
            assertThat(operation.get("responses").propertyNames())
                    .as(name)
                    .contains(reads ? new String[] {"304"} : new String[] {"412", "415"});
            if (reads || name.contains("{id}")) {
                assertThat(headers).as(name).contains("If-None-Match");
            }
            assertThat(headers.contains("If-Match")).as(name).isEqualTo(!reads && name.contains("{id}"));
            for (JsonNode parameter : operation.path("parameters")) {
                boolean list = parameter.at("/schema/type").asString("").equals("array");
                assertThat(list && parameter.path("explode").asBoolean(true))
                        .as(parameter.toString())
                        .isFalse();
            }
        });
        assertThat(document.at("/paths/~1experiments~1{id}~1curves.svg/get/parameters")
                        .valueStream()
                        .map(parameter -> parameter.get("name").asString()))
                .contains("metric", "width", "height", "theme", "x");
    }

    @Test
    void aSealedTypeIsOneOfItsRecordsByItsType() {
        JsonNode optimizer = document.at("/components/schemas/OptimizerSpec");

        assertThat(optimizer.at("/discriminator/propertyName").asString()).isEqualTo("type");
        assertThat(optimizer.at("/discriminator/mapping/adamw").asString())
                .isEqualTo("#/components/schemas/OptimizerSpecAdamW");
        assertThat(optimizer.get("oneOf").size()).isEqualTo(3);
        assertThat(valid("OptimizerSpec", "{'type': 'sgd', 'momentum': 0.5}")).isTrue();
        assertThat(valid("OptimizerSpec", "{'learningRate': 0.1}")).isTrue();
        assertThat(valid("OptimizerSpec", "{'type': 'adam', 'momentum': null}")).isTrue();
        assertThat(valid("OptimizerSpec", "{'type': 'adam', 'momentum': 0.5}")).isFalse();
        assertThat(valid("OptimizerSpec", "{'type': 'rmsprop'}")).isFalse();
        assertThat(valid("LossSpec", "{'positiveWeight': 'balanced', 'labelSmoothing': 0.1}"))
                .isTrue();
        assertThat(valid("LossSpec", "{'positiveWeight': 3}")).isTrue();
        assertThat(valid("LossSpec", "{'positiveWeight': 0}")).isFalse();
        assertThat(valid("LossSpec", "{'positiveWeight': 'none'}")).isFalse();
        assertThat(valid("LossSpec", "{'type': 'focal', 'alpha': 'none'}")).isTrue();
        assertThat(valid("LossSpec", "{'type': 'focal', 'alpha': 1.5}")).isFalse();
        assertThat(valid("BiasInit", "{'type': 'constant', 'value': -2.2}")).isTrue();
        assertThat(valid("BiasInit", "{'type': 'constant'}")).isFalse();
        assertThat(valid("BiasInit", "{'type': 'zeros', 'value': 1}")).isFalse();
        assertThat(valid("BiasInit", "{}")).isFalse();
        assertThat(valid("BiasInit", "{'type': 'optimal', 'headWeights': 'zeros'}"))
                .isTrue();
        assertThat(valid("BiasInit", "{'type': 'zeros', 'headWeights': 'ones'}"))
                .isFalse();
        assertThat(valid("ResolvedBias", "{'type': 'default'}")).isTrue();
        assertThat(valid("ResolvedBias", "{'value': 1}")).isFalse();
    }

    /** What generators of clients need: a name for every class, and a property that tells which class it is. */
    @Test
    void everyObjectHasANameAndEveryChoiceItsDiscriminator() {
        List<String> unnamed = new ArrayList<>();
        JsonNode schemas = document.at("/components/schemas");
        schemas.forEachEntry(
                (name, schema) -> schema.forEachEntry((key, part) -> findUnnamed(name + "/" + key, part, unnamed)));
        document.get("components").forEachEntry((name, part) -> {
            if (!name.equals("schemas")) {
                findUnnamed(name, part, unnamed);
            }
        });
        findUnnamed("paths", document.get("paths"), unnamed);
        findUnnamed("webhooks", document.get("webhooks"), unnamed);
        assertThat(unnamed).isEmpty();

        List<String> choices = new ArrayList<>();
        schemas.forEachEntry((name, schema) -> {
            if (schema.has("oneOf")) {
                choices.add(name);
                assertThat(schema.at("/discriminator/mapping").values())
                        .as(name)
                        .map(JsonNode::asString)
                        .containsExactlyElementsOf(schema.get("oneOf")
                                .valueStream()
                                .map(choice -> choice.get("$ref").asString())
                                .toList());
            }
        });
        assertThat(choices).containsExactlyInAnyOrder("BiasInit", "LossSpec", "OptimizerSpec");
    }

    private static void findUnnamed(String place, JsonNode node, List<String> found) {
        if (node.has("properties") || node.has("oneOf")) {
            found.add(place);
        }
        if (node.isObject()) {
            node.forEachEntry((name, part) -> {
                if (!name.startsWith("example")) {
                    findUnnamed(place + "/" + name, part, found);
                }
            });
        } else {
            node.forEach(part -> findUnnamed(place, part, found));
        }
    }

    @Test
    void aGeneratedClientSubmitsReadsAndIsRefused() throws IOException, ReflectiveOperationException {
        GeneratedClient generated = GeneratedClient.of(
                client.get("/v3/api-docs").raw().body(), Path.of("src/test/resources/openapi/Use.java"), folder);

        Object id = generated.call("submit", port);
        new Measurements(jdbc).finish("/experiments/" + id, 10);

        assertThat(generated.call("read", port, id))
                .isEqualTo(List.of(
                        "SUCCEEDED",
                        "0.001",
                        "2.0",
                        "BiasInitZeros",
                        "BiasInitConstant",
                        "constant 0 null",
                        "400 /trials"));
    }

    private boolean valid(String schema, String json) {
        return new ApiContract(document.deepCopy())
                .schema(document.at("/components/schemas/" + schema))
                .validate(json.replace('\'', '"'), InputFormat.JSON)
                .isEmpty();
    }

    @Test
    void thePageToTryItMayUseItsStylesAndNothingElseMore() {
        Answer page = client.get("/swagger-ui/index.html");

        assertThat(client.get("/swagger-ui.html").status()).isEqualTo(302);
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.raw().body()).contains("swagger-ui-bundle.js");
        assertThat(page.header("Content-Security-Policy"))
                .contains("default-src 'self'", "style-src 'self' 'unsafe-inline'")
                .doesNotContain("script-src");
        assertThat(client.get("/presets").header("Content-Security-Policy")).doesNotContain("unsafe");
    }

    private interface Visitor {
        void visit(String name, JsonNode operation);
    }

    private void forEachOperation(Visitor visitor) {
        JsonNode paths = document.get("paths");
        paths.propertyNames().forEach(path -> paths.get(path)
                .propertyNames()
                .forEach(method ->
                        visitor.visit(method + " " + path, paths.get(path).get(method))));
    }
}
