package org.initlab.deployment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** YAML as trees of Jackson's. */
final class Yaml {
    private static final JsonMapper JSON = new JsonMapper();

    private Yaml() {}

    /** The documents of a file, with anchors and merges resolved. */
    static List<JsonNode> read(Path file) throws IOException {
        return parse(Files.readString(file));
    }

    static List<JsonNode> parse(String text) {
        List<JsonNode> documents = new ArrayList<>();
        new org.yaml.snakeyaml.Yaml().loadAll(text).forEach(document -> documents.add(JSON.valueToTree(document)));
        return documents;
    }

    /** Fails where an object has other fields than those that a reader follows or may leave out. */
    static void requireKnown(JsonNode object, String place, String... known) {
        Set<String> unknown = new TreeSet<>(object.propertyNames());
        Set.of(known).forEach(unknown::remove);
        if (!unknown.isEmpty()) {
            throw new AssertionError(
                    place + " has " + unknown + ", which the test of the deployment does not follow yet");
        }
    }

    static Map<String, String> strings(JsonNode object) {
        Map<String, String> strings = new LinkedHashMap<>();
        object.properties()
                .forEach(entry -> strings.put(entry.getKey(), entry.getValue().asString()));
        return strings;
    }
}
