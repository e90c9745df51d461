package org.initlab.deployment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What {@code kubectl kustomize} does, as far as this project uses it: resources, labels and JSON patches (RFC 6902). */
final class Kustomization {
    private Kustomization() {}

    /** The objects of a folder of manifests. */
    static List<JsonNode> build(Path folder) throws IOException {
        JsonNode kustomization = Yaml.read(folder.resolve("kustomization.yaml")).get(0);
        String place = folder + "/kustomization.yaml";
        Yaml.requireKnown(kustomization, place, "apiVersion", "kind", "namespace", "labels", "resources", "patches");
        List<JsonNode> objects = new ArrayList<>();
        for (JsonNode resource : kustomization.get("resources")) {
            Path path = folder.resolve(resource.asString());
            objects.addAll(path.toString().endsWith(".yaml") ? Yaml.read(path) : build(path));
        }
        for (JsonNode patch : kustomization.path("patches")) {
            Yaml.requireKnown(patch, place + "'s patch", "target", "patch");
            List<JsonNode> targets = objects.stream()
                    .filter(object -> isTarget(object, patch.get("target")))
                    .toList();
            if (targets.isEmpty()) {
                throw new AssertionError(place + " patches " + patch.get("target") + ", which is not there");
            }
            Yaml.parse(patch.get("patch").asString())
                    .get(0)
                    .forEach(operation -> targets.forEach(object -> apply(operation, object)));
        }
        return objects;
    }

    private static boolean isTarget(JsonNode object, JsonNode target) {
        return object.get("kind").equals(target.get("kind"))
                && object.at("/metadata/name").equals(target.get("name"));
    }

    private static void apply(JsonNode operation, JsonNode object) {
        JsonPointer path = JsonPointer.compile(operation.get("path").asString());
        String kind = operation.get("op").asString();
        if (!kind.equals("add") && object.at(path).isMissingNode()) {
            throw new AssertionError("there is no " + path + " to " + kind);
        }
        JsonNode parent = object.at(path.head());
        String name = path.last().getMatchingProperty();
        JsonNode value = operation.get("value");
        if (parent instanceof ArrayNode array) {
            patch(array, name, kind, value);
        } else {
            patch((ObjectNode) parent, name, kind, value);
        }
    }

    private static void patch(ArrayNode array, String name, String kind, JsonNode value) {
        int index = name.equals("-") ? array.size() : Integer.parseInt(name);
        if (!kind.equals("add")) {
            array.remove(index);
        }
        if (!kind.equals("remove")) {
            array.insert(index, value);
        }
    }

    private static void patch(ObjectNode object, String name, String kind, JsonNode value) {
        object.remove(name);
        if (!kind.equals("remove")) {
            object.set(name, value);
        }
    }
}
