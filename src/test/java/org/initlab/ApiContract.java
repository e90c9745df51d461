package org.initlab;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Checks every answer that a test sees against the service's own description of its API: status, content type and body.
 * Fields that it does not describe are faults too.
 */
public final class ApiContract {
    private static final String PATH = "/v3/api-docs";
    private static final JsonMapper JSON = new JsonMapper();
    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private static volatile ApiContract known;

    private final JsonNode document;
    private final Map<JsonNode, Schema> compiled = new ConcurrentHashMap<>();

    /** Reads a description. */
    public ApiContract(JsonNode document) {
        this.document = document;
        for (JsonNode schema : document.at("/components/schemas")) {
            if (schema.has("properties") && !schema.has("additionalProperties")) {
                ((ObjectNode) schema).put("additionalProperties", false);
            }
        }
    }

    /** Fails if the answer is not as described; an answer from a path that is not described is ignored. */
    static void check(HttpClient http, HttpRequest request, HttpResponse<String> answer)
            throws IOException, InterruptedException {
        if (known == null && !request.uri().getPath().startsWith(PATH)) {
            learn(http, request);
        }
        if (known != null) {
            known.operation(request.method(), request.uri().getPath())
                    .ifPresent(operation -> known.check(operation, request, answer));
        }
    }

    /** Uses the request's own token, as a service with tokens shows its description to nobody else. */
    private static void learn(HttpClient http, HttpRequest request) throws IOException, InterruptedException {
        HttpRequest.Builder get = HttpRequest.newBuilder(request.uri().resolve(URI.create(PATH)));
        request.headers()
                .firstValue("Authorization")
                .ifPresent(authorization -> get.header("Authorization", authorization));
        HttpResponse<String> description = http.send(get.build(), HttpResponse.BodyHandlers.ofString());
        if (description.statusCode() == 200) {
            known = new ApiContract(JSON.readTree(description.body()));
        }
    }

    /** The description of a path's method; a literal path takes precedence over a template. */
    public Optional<JsonNode> operation(String method, String path) {
        JsonNode paths = document.get("paths");
        return paths.propertyNames().stream()
                .filter(template -> path.matches(template.replaceAll("\\{[^}]*}", "[^/]+")))
                .min((one, other) -> Integer.compare(one.indexOf('{'), other.indexOf('{')))
                .map(template -> paths.get(template).get(method.toLowerCase(Locale.ROOT)));
    }

    /** The names of all operations. */
    public Set<String> operationIds() {
        return new TreeSet<>(document.get("paths").findValuesAsString("operationId"));
    }

    private void check(JsonNode operation, HttpRequest request, HttpResponse<String> answer) {
        String place = request.method() + " " + request.uri() + " -> " + answer.statusCode();
        JsonNode response = resolved(operation.get("responses").path(Integer.toString(answer.statusCode())));
        assertThat(response.isMissingNode())
                .as("%s is not described: %s", place, answer.body())
                .isFalse();
        if (answer.body().isEmpty()) {
            return;
        }
        String type = answer.headers().firstValue("Content-Type").orElse("none").replaceFirst(";.*", "");
        JsonNode media = response.path("content").path(type);
        assertThat(media.isMissingNode()).as("%s has the type %s", place, type).isFalse();
        if (type.endsWith("json")) {
            assertThat(schema(media.get("schema")).validate(answer.body(), InputFormat.JSON))
                    .as("%s: %s", place, answer.body())
                    .isEmpty();
        }
    }

    private JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? document.at(node.get("$ref").asString().substring(1)) : node;
    }

    /** A part of the description as a self-contained schema. */
    public Schema schema(JsonNode part) {
        return compiled.computeIfAbsent(part, any -> {
            ObjectNode root = JSON.createObjectNode();
            root.setAll((ObjectNode) part.deepCopy());
            root.set("components", document.get("components"));
            return SCHEMAS.getSchema(root);
        });
    }
}
